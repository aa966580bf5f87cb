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
        add(BASE, 16, 1000, "bool");
        add(BASE, 17, 1001, "bytea");
        add(BASE, 18, 1002, "char");
        add(BASE, 19, 1003, "name");
        add(BASE, 20, 1016, "int8");
        add(BASE, 21, 1005, "int2");
        add(BASE, 22, 1006, "int2vector");
        add(BASE, 23, 1007, "int4");
        add(BASE, 25, 1009, "text");
        add(BASE, 114, 199, "json");
        add(BASE, 142, 143, "xml");
        add(BASE, 700, 1021, "float4");
        add(BASE, 701, 1022, "float8");
        add(BASE, 790, 791, "money");
        add(BASE, 1042, 1014, "bpchar");
        add(BASE, 1043, 1015, "varchar");
        add(BASE, 1082, 1182, "date");
        add(BASE, 1083, 1183, "time");
        add(BASE, 1114, 1115, "timestamp");
        add(BASE, 1184, 1185, "timestamptz");
        add(BASE, 1186, 1187, "interval");
        add(BASE, 1266, 1270, "timetz");
        add(BASE, 1560, 1561, "bit");
        add(BASE, 1562, 1563, "varbit");
        add(BASE, 1700, 1231, "numeric");
        add(BASE, 2950, 2951, "uuid");
        add(BASE, 3802, 3807, "jsonb");
        add(BASE, 4072, 4073, "jsonpath");
    }

    private void identifiers() {
        add(BASE, 26, 1028, "oid");
        add(BASE, 27, 1010, "tid");
        add(BASE, 28, 1011, "xid");
        add(BASE, 29, 1012, "cid");
        add(BASE, 30, 1013, "oidvector");
        add(BASE, 24, 1008, "regproc");
        add(BASE, 1033, 1034, "aclitem");
        add(BASE, 1790, 2201, "refcursor");
        add(BASE, 2202, 2207, "regprocedure");
        add(BASE, 2203, 2208, "regoper");
        add(BASE, 2204, 2209, "regoperator");
        add(BASE, 2205, 2210, "regclass");
        add(BASE, 2206, 2211, "regtype");
        add(BASE, 2970, 2949, "txid_snapshot");
        add(BASE, 3220, 3221, "pg_lsn");
        add(BASE, 3734, 3735, "regconfig");
        add(BASE, 3769, 3770, "regdictionary");
        add(BASE, 4089, 4090, "regnamespace");
        add(BASE, 4096, 4097, "regrole");
        add(BASE, 4191, 4192, "regcollation");
        add(BASE, 5038, 5039, "pg_snapshot");
        add(BASE, 5069, 271, "xid8");
    }

    private void networkAndGeometry() {
        add(BASE, 650, 651, "cidr");
        add(BASE, 774, 775, "macaddr8");
        add(BASE, 829, 1040, "macaddr");
        add(BASE, 869, 1041, "inet");
        add(BASE, 600, 1017, "point");
        add(BASE, 601, 1018, "lseg");
        add(BASE, 602, 1019, "path");
        add(BASE, 603, 1020, "box", ';');
        add(BASE, 604, 1027, "polygon");
        add(BASE, 628, 629, "line");
        add(BASE, 718, 719, "circle");
    }

    private void search() {
        add(BASE, 3614, 3643, "tsvector");
        add(BASE, 3615, 3645, "tsquery");
        add(BASE, 3642, 3644, "gtsvector");
    }

    private void ranges() {
        add(RANGE, 3904, 3905, "int4range");
        add(RANGE, 3906, 3907, "numrange");
        add(RANGE, 3908, 3909, "tsrange");
        add(RANGE, 3910, 3911, "tstzrange");
        add(RANGE, 3912, 3913, "daterange");
        add(RANGE, 3926, 3927, "int8range");
        add(MULTIRANGE, 4451, 6150, "int4multirange");
        add(MULTIRANGE, 4532, 6151, "nummultirange");
        add(MULTIRANGE, 4533, 6152, "tsmultirange");
        add(MULTIRANGE, 4534, 6153, "tstzmultirange");
        add(MULTIRANGE, 4535, 6155, "datemultirange");
        add(MULTIRANGE, 4536, 6157, "int8multirange");
    }

    private void add(Kind kind, int oid, int arrayOid, String name) {
        add(kind, oid, arrayOid, name, ',');
    }

    private void add(Kind kind, int oid, int arrayOid, String name, char delimiter) {
        types.add(new PgType(oid, TypeRegistry.PG_CATALOG, name, kind, 0, 0, delimiter));
        types.add(new PgType(arrayOid, TypeRegistry.PG_CATALOG, "_" + name, ARRAY, 0, oid, delimiter));
    }
}
