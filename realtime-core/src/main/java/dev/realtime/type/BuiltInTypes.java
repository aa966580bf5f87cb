package dev.realtime.type;

import static dev.realtime.type.PgType.Kind.ARRAY;
import static dev.realtime.type.PgType.Kind.BASE;
import static dev.realtime.type.PgType.Kind.MULTIRANGE;
import static dev.realtime.type.PgType.Kind.RANGE;

import dev.realtime.type.PgType.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The types whose OIDs are fixed in the server's sources ({@code pg_type.dat}, {@code pg_range.dat}; the same in 14 to
 * 18), as far as a column can have them: OID, OID of the array, name. Confined to the initialisation of {@link
 * TypeCatalog}.
 */
final class BuiltInTypes {

    private final List<PgType> types = new ArrayList<>();

    private BuiltInTypes() {}

    static List<PgType> all() {
        BuiltInTypes table = new BuiltInTypes();
        table.scalars();
        table.identifiers();
        table.networkAndGeometry();
        table.search();
        table.ranges();
        return table.types;
    }

    private void scalars() {
        add(16, 1000, "bool");
        add(17, 1001, "bytea");
        add(18, 1002, "char");
        add(19, 1003, "name");
        add(20, 1016, "int8");
        add(21, 1005, "int2");
        add(22, 1006, "int2vector");
        add(23, 1007, "int4");
        add(25, 1009, "text");
        add(114, 199, "json");
        add(142, 143, "xml");
        add(700, 1021, "float4");
        add(701, 1022, "float8");
        add(790, 791, "money");
        add(1042, 1014, "bpchar");
        add(1043, 1015, "varchar");
        add(1082, 1182, "date");
        add(1083, 1183, "time");
        add(1114, 1115, "timestamp");
        add(1184, 1185, "timestamptz");
        add(1186, 1187, "interval");
        add(1266, 1270, "timetz");
        add(1560, 1561, "bit");
        add(1562, 1563, "varbit");
        add(1700, 1231, "numeric");
        add(2950, 2951, "uuid");
        add(3802, 3807, "jsonb");
        add(4072, 4073, "jsonpath");
    }

    private void identifiers() {
        add(26, 1028, "oid");
        add(27, 1010, "tid");
        add(28, 1011, "xid");
        add(29, 1012, "cid");
        add(30, 1013, "oidvector");
        add(24, 1008, "regproc");
        add(1033, 1034, "aclitem");
        add(1790, 2201, "refcursor");
        add(2202, 2207, "regprocedure");
        add(2203, 2208, "regoper");
        add(2204, 2209, "regoperator");
        add(2205, 2210, "regclass");
        add(2206, 2211, "regtype");
        add(2970, 2949, "txid_snapshot");
        add(3220, 3221, "pg_lsn");
        add(3734, 3735, "regconfig");
        add(3769, 3770, "regdictionary");
        add(4089, 4090, "regnamespace");
        add(4096, 4097, "regrole");
        add(4191, 4192, "regcollation");
        add(5038, 5039, "pg_snapshot");
        add(5069, 271, "xid8");
    }

    private void networkAndGeometry() {
        add(650, 651, "cidr");
        add(774, 775, "macaddr8");
        add(829, 1040, "macaddr");
        add(869, 1041, "inet");
        add(600, 1017, "point");
        add(601, 1018, "lseg");
        add(602, 1019, "path");
        add(BASE, 603, 1020, "box", List.of(), ';');
        add(604, 1027, "polygon");
        add(628, 629, "line");
        add(718, 719, "circle");
    }

    private void search() {
        add(3614, 3643, "tsvector");
        add(3615, 3645, "tsquery");
        add(3642, 3644, "gtsvector");
    }

    private void ranges() {
        addRange(3904, 3905, "int4range", 23);
        addRange(3906, 3907, "numrange", 1700);
        addRange(3908, 3909, "tsrange", 1114);
        addRange(3910, 3911, "tstzrange", 1184);
        addRange(3912, 3913, "daterange", 1082);
        addRange(3926, 3927, "int8range", 20);
        addMultirange(4451, 6150, "int4multirange", 3904);
        addMultirange(4532, 6151, "nummultirange", 3906);
        addMultirange(4533, 6152, "tsmultirange", 3908);
        addMultirange(4534, 6153, "tstzmultirange", 3910);
        addMultirange(4535, 6155, "datemultirange", 3912);
        addMultirange(4536, 6157, "int8multirange", 3926);
    }

    private void add(int oid, int arrayOid, String name) {
        add(BASE, oid, arrayOid, name, List.of(), ',');
    }

    private void addRange(int oid, int arrayOid, String name, int boundOid) {
        add(RANGE, oid, arrayOid, name, List.of(boundOid), ',');
    }

    private void addMultirange(int oid, int arrayOid, String name, int rangeOid) {
        add(MULTIRANGE, oid, arrayOid, name, List.of(rangeOid), ',');
    }

    private void add(Kind kind, int oid, int arrayOid, String name, List<Integer> parts, char delimiter) {
        types.add(new PgType(oid, TypeRegistry.PG_CATALOG, name, kind, parts, delimiter));
        types.add(new PgType(arrayOid, TypeRegistry.PG_CATALOG, "_" + name, ARRAY, List.of(oid), delimiter));
    }
}
