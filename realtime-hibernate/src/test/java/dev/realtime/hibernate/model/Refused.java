package dev.realtime.hibernate.model;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import org.hibernate.annotations.DiscriminatorFormula;
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
