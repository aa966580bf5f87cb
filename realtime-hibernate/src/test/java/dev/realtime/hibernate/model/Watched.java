package dev.realtime.hibernate.model;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import org.hibernate.annotations.Type;

/** An entity by properties, whose callback leaves a trace and whose attribute is of a user type. */
@Entity
@Access(AccessType.PROPERTY)
public class Watched {

    private int id;
    private String name;
    private Version3 version3;
    private transient boolean loaded;

    protected Watched() {}

    public Watched(int id, String name) {
        this.id = id;
        this.name = name;
        version3 = new Version3(1, 2, 3);
    }

    @Id
    public int getId() {
        return id;
    }

    public void setId(int id) {
        this.id = id;
    }

    @Convert(converter = ShoutingConverter.class)
    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    @Type(Version3Type.class)
    public Version3 getVersion3() {
        return version3;
    }

    public void setVersion3(Version3 version3) {
        this.version3 = version3;
    }

    @PostLoad
    void postLoad() {
        loaded = true;
    }

    public boolean wasLoaded() {
        return loaded;
    }
}
