package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.SecondaryTable;
import org.hibernate.annotations.DiscriminatorFormula;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.Subselect;

/** Entities that are refused at start. */
public final class Refused {

    private Refused() {}

    @Entity(name = "JoinedBase")
    @Inheritance(strategy = InheritanceType.JOINED)
    public static class JoinedBase {
        @Id
        int id;
    }

    @Entity(name = "JoinedChild")
    public static class JoinedChild extends JoinedBase {
        String more;
    }

    @Entity(name = "PerClassBase")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    public static class PerClassBase {
        @Id
        int id;
    }

    @Entity(name = "PerClassChild")
    public static class PerClassChild extends PerClassBase {
        String more;
    }

    @Entity(name = "InTwoTables")
    @SecondaryTable(name = "second_table")
    public static class InTwoTables {
        @Id
        int id;

        @Column(table = "second_table")
        String elsewhere;
    }

    @Entity(name = "SoftlyDeleted")
    @SoftDelete
    public static class SoftlyDeleted {
        @Id
        int id;
    }

    @Entity(name = "ByFormula")
    @DiscriminatorFormula("case when id > 10 then 'ByFormulaChild' else 'ByFormula' end")
    public static class ByFormula {
        @Id
        int id;
    }

    @Entity(name = "ByFormulaChild")
    public static class ByFormulaChild extends ByFormula {
        String more;
    }

    @Entity(name = "Queried")
    @Subselect("select 1 as id")
    public static class Queried {
        @Id
        int id;
    }
}
