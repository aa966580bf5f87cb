package dev.realtime.hibernate;

import dev.realtime.hibernate.model.Closed;
import dev.realtime.hibernate.model.Embeddables;
import dev.realtime.hibernate.model.Everything;
import dev.realtime.hibernate.model.Hierarchies;
import dev.realtime.hibernate.model.Ids;
import dev.realtime.hibernate.model.Person;
import dev.realtime.hibernate.model.Teams;
import dev.realtime.hibernate.model.Untold;
import dev.realtime.hibernate.model.Watched;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** The model of the tests, with rows of each entity. */
final class Model {

    /** What is mapped and registered: the roots of hierarchies, not their subclasses. */
    static final List<Class<?>> ROOTS = List.of(
            Person.class,
            Everything.class,
            Embeddables.Country.class,
            Embeddables.Customer.class,
            Ids.Device.class,
            Ids.Seat.class,
            Ids.Ticket.class,
            Ids.Price.class,
            Ids.Line.class,
            Ids.LineComment.class,
            Ids.Ownership.class,
            Ids.Profile.class,
            Ids.Loan.class,
            Ids.Cell.class,
            Hierarchies.Animal.class,
            Hierarchies.Vehicle.class,
            Teams.Team.class,
            Teams.Player.class,
            Teams.Ball.class,
            Closed.Hidden.class,
            Closed.Sealed.class,
            Closed.Keeper.class,
            Untold.Secretive.class,
            Untold.Partner.class,
            Watched.class);

    static final List<Class<?>> SUBCLASSES =
            List.of(Hierarchies.Cat.class, Hierarchies.Dog.class, Hierarchies.Puppy.class, Hierarchies.Truck.class);

    private Model() {}

    static PersistenceUnit start(Map<String, Object> settings) throws SQLException {
        Class<?>[] entities = java.util.stream.Stream.concat(ROOTS.stream(), SUBCLASSES.stream())
                .toArray(Class<?>[]::new);
        PersistenceUnit unit = new PersistenceUnit(settings, List.of(), entities);
        unit.inTransaction(Model::persistAll);
        return unit;
    }

    private static void persistAll(Session session) {
        Person ada = new Person("Ada");
        Person bob = new Person("Bob");
        bob.fill(44, ada);
        session.persist(ada);
        session.persist(bob);
        session.persist(new Everything(1));
        Everything full = new Everything(2);
        full.fill();
        session.persist(full);
        persistEmbeddables(session);
        persistIds(session, ada);
        persistHierarchies(session);
        persistTeams(session);
        persistOthers(session);
    }

    private static void persistEmbeddables(Session session) {
        Embeddables.Country swiss = new Embeddables.Country("CH");
        session.persist(swiss);
        var home = new Embeddables.Address("Home St", new Embeddables.City("Bern", swiss));
        var work = new Embeddables.Address(null, new Embeddables.City(null, swiss));
        var credit = new Embeddables.Money("CHF", new BigDecimal("10.50"));
        session.persist(new Embeddables.Customer(1, home, work, credit, new Embeddables.Rank(1, "first")));
        session.persist(new Embeddables.Customer(2, null, null, null, null));
        var homeless = new Embeddables.Address(null, new Embeddables.City(null, null));
        var unnamed = new Embeddables.Money(null, new BigDecimal("1"));
        session.persist(new Embeddables.Customer(3, homeless, null, unnamed, new Embeddables.Rank(0, null)));
    }

    private static void persistIds(Session session, Person person) {
        var device = new Ids.Device(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"), "phone");
        var seat = new Ids.Seat(new Ids.SeatId("main", 7));
        var price = new Ids.Price("tea", 2024, 250);
        var line = new Ids.Line(price, 3);
        session.persist(device);
        session.persist(seat);
        session.persist(new Ids.Ticket(new Ids.TicketId("opera", 1), seat));
        session.persist(new Ids.Ticket(new Ids.TicketId("opera", 2), null));
        session.persist(price);
        session.persist(line);
        session.persist(new Ids.LineComment(1, line));
        session.persist(new Ids.LineComment(2, null));
        session.persist(new Ids.Ownership(device, person, 50));
        session.persist(new Ids.Profile(person, "carpe diem"));
        session.persist(new Ids.Loan(new Ids.LoanId(1), device));
        session.persist(new Ids.Cell(1, 2, "x"));
    }

    private static void persistHierarchies(Session session) {
        var tom = new Hierarchies.Cat(1, "Tom");
        var rex = new Hierarchies.Dog(2, "Rex");
        session.persist(tom);
        session.persist(rex);
        session.persist(new Hierarchies.Puppy(3, "Bo"));
        tom.befriend(rex);
        session.persist(new Hierarchies.Vehicle(1, 4));
        session.persist(new Hierarchies.Truck(2, 40));
    }

    private static void persistTeams(Session session) {
        var reds = new Teams.Team(1, "Reds");
        var blues = new Teams.Team(2, "Blues");
        session.persist(reds);
        session.persist(blues);
        reds.fill(blues);
        blues.fill(reds);
    }

    private static void persistOthers(Session session) {
        var hidden = Closed.Hidden.of(1);
        var closed = new Closed.Sealed(1);
        session.persist(hidden);
        session.persist(closed);
        session.persist(new Closed.Keeper(1, hidden, closed));
        var partner = new Untold.Partner(1);
        session.persist(partner);
        var secretive = new Untold.Secretive(1, partner);
        session.persist(secretive);
        partner.setSecretive(secretive);
        session.persist(new Watched(1, "name"));
        session.persist(new Watched(2, null));
    }
}
