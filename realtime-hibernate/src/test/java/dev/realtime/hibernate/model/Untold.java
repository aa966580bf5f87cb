package dev.realtime.hibernate.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Formula;

/** Attributes that no row of the table can tell. */
public final class Untold {

    private Untold() {}

    @Entity(name = "Secretive")
    public static class Secretive implements Serializable {
        private static final long serialVersionUID = 1L;

        @Id
        int id;

        String told;

        @Formula("upper(told)")
        String formula;

        @Lob
        String longText;

        @ColumnTransformer(read = "upper(transformed)")
        String transformed;

        @ColumnTransformer(write = "upper(?)")
        String writtenOnly;

        @OneToOne(mappedBy = "secretive")
        Partner partner;

        @ManyToOne
        @JoinTable(name = "secretive_helper")
        Partner helper;

        @ManyToOne
        @JoinColumn(name = "colleague_code", referencedColumnName = "code")
        Partner colleague;

        protected Secretive() {}

        public Secretive(int id, Partner other) {
            this.id = id;
            told = "told";
            longText = "long";
            transformed = "mixed";
            writtenOnly = "written";
            helper = other;
            colleague = other;
        }
    }

    @Entity(name = "Partner")
    public static class Partner implements Serializable {
        private static final long serialVersionUID = 1L;

        @Id
        int id;

        @Column(unique = true)
        String code;

        @OneToOne
        Secretive secretive;

        protected Partner() {}

        public Partner(int id) {
            this.id = id;
            code = "code" + id;
        }

        public void setSecretive(Secretive secretive) {
            this.secretive = secretive;
        }
    }
}
