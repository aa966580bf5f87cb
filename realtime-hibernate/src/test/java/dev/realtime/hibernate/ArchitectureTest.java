package dev.realtime.hibernate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls of this module. */
class ArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.realtime.hibernate");

    @Test
    void itKnowsTheOpenRoomsOfMappingAndConnectionAndHibernateAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.realtime.hibernate",
                        "dev.realtime.mapping",
                        "dev.realtime.type",
                        "dev.realtime.connection",
                        "dev.realtime.error",
                        "org.hibernate..",
                        "jakarta.persistence..",
                        "org.postgresql.util",
                        "org.jspecify..",
                        "javax.sql",
                        "java..")
                .because("the protocol and the engine belong in core's internal rooms, Spring in a module of its own")
                .check(MODULE);
    }

    @Test
    void itStartsNoThreadAndLogsNothing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent", "org.slf4j..", "java.util.logging")
                .because("threads belong in engine and bus, and what fails here is told by an exception")
                .check(MODULE);
    }

    @Test
    void onlyWhatTheServiceLoaderCallsIsPublic() {
        classes()
                .that(JavaClass.Predicates.assignableTo("dev.realtime.mapping.EntityMappingsProvider")
                        .or(JavaClass.Predicates.assignableTo("dev.realtime.connection.CoordinatesDiscovery")))
                .should()
                .bePublic()
                .check(MODULE);
        noClasses()
                .that()
                .arePublic()
                .should()
                .haveSimpleNameNotStartingWith("Hibernate")
                .check(MODULE);
    }
}
