CREATE EXTENSION hstore;
CREATE EXTENSION citext;
CREATE EXTENSION ltree;

CREATE TYPE mood AS ENUM ('sad', 'so, "so"', 'it''s', '{', '(', 'NULL', 'a\b', ' ', 'größe');
CREATE DOMAIN cents AS int4 CHECK (VALUE >= 0);
CREATE DOMAIN price AS cents;
CREATE DOMAIN email AS citext;
CREATE DOMAIN list AS int4[];
CREATE TYPE pair AS (a int4, b text, c date, gone int4, d numeric);
ALTER TYPE pair DROP ATTRIBUTE gone;
CREATE TYPE nested AS (p pair, q pair[], m mood, s tstzrange, e float8, i interval, b bytea, y price);
CREATE TYPE floatspan AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = floatspans);
CREATE TYPE textspan AS RANGE (SUBTYPE = text, MULTIRANGE_TYPE_NAME = textspans);

CREATE FUNCTION r_int(lo int8, hi int8) RETURNS int8 LANGUAGE sql VOLATILE AS
    'SELECT lo + floor(random() * (hi - lo + 1))::int8';
CREATE FUNCTION r_int8() RETURNS int8 LANGUAGE sql VOLATILE AS
    'SELECT (r_int(-2147483648, 2147483647) << 32) | r_int(0, 4294967295)';
CREATE FUNCTION r_hex(digits int) RETURNS text LANGUAGE sql VOLATILE AS
    'SELECT substr(md5(random()::text), 1, digits)';
CREATE FUNCTION r_text() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(string_agg(substr(E'abcXYZ09 ,;"''\\{}()[]=>:|&!<*.é😀\n\t', r_int(1, 36)::int, 1), ''), '')
    FROM generate_series(1, r_int(0, 12)) $$;
CREATE FUNCTION r_word() RETURNS text LANGUAGE sql VOLATILE AS
    'SELECT r_hex(r_int(1, 5)::int)';
CREATE FUNCTION r_float() RETURNS float8 LANGUAGE sql VOLATILE AS $$
    SELECT CASE r_int(0, 5)
        WHEN 0 THEN r_int(-1000, 1000)::float8
        WHEN 1 THEN (r_int(-100000, 100000) / 100.0)::float8
        WHEN 2 THEN (random() - 0.5) * 10 ^ (random() * 30 - 15)
        WHEN 3 THEN 2::float8 ^ r_int(-1000, 1000)
        ELSE (random() - 0.5) * 10 ^ (random() * 600 - 300) END $$;
CREATE FUNCTION r_float4() RETURNS float4 LANGUAGE sql VOLATILE AS $$
    SELECT CASE r_int(0, 3)
        WHEN 0 THEN r_int(-1000, 1000)::float4
        WHEN 1 THEN (r_int(-100000, 100000) / 100.0)::float4
        WHEN 2 THEN (2::float8 ^ r_int(-125, 125))::float4
        ELSE ((random() - 0.5) * 10 ^ (random() * 70 - 35))::float4 END $$;
CREATE FUNCTION r_numeric() RETURNS numeric LANGUAGE sql VOLATILE AS $$
    SELECT CASE r_int(0, 3)
        WHEN 0 THEN r_int(-100000, 100000)::numeric / 100
        WHEN 1 THEN r_int8()::numeric * r_int8()::numeric * r_int8()::numeric
        WHEN 2 THEN r_int(-100, 100)::numeric * 10::numeric ^ r_int(0, 40)
        ELSE round(((random() - 0.5) * 10 ^ (random() * 60 - 20))::numeric, r_int(0, 50)::int) END $$;
CREATE FUNCTION r_date() RETURNS date LANGUAGE sql VOLATILE AS $$
    SELECT CASE r_int(0, 1)
        WHEN 0 THEN date '1990-01-01' + r_int(0, 20000)::int4
        ELSE date '4714-11-24 BC' + r_int(0, 2147483493)::int4 END $$;
CREATE FUNCTION r_time() RETURNS time LANGUAGE sql VOLATILE AS $$
    SELECT CASE r_int(0, 1) WHEN 0 THEN (time '00:00' + random() * interval '1 day')
        ELSE date_trunc('minute', random() * interval '1 day')::time END $$;
CREATE FUNCTION r_timestamp() RETURNS timestamp LANGUAGE sql VOLATILE AS $$
    SELECT CASE r_int(0, 2)
        WHEN 0 THEN timestamp '1990-01-01' + random() * interval '60 years'
        WHEN 1 THEN date_trunc('second', timestamp '1990-01-01' + random() * interval '60 years')
        ELSE timestamp '4714-11-24 BC' + random() * interval '298988 years' END $$;
CREATE FUNCTION r_interval() RETURNS interval LANGUAGE sql VOLATILE AS $$
    SELECT make_interval(months => r_int(-4000, 4000)::int, days => r_int(-4000, 4000)::int)
        + ((random() - 0.5) * 10 ^ (random() * 12 - 6)) * interval '1 second' $$;
CREATE FUNCTION r_inet() RETURNS inet LANGUAGE sql VOLATILE AS $$
    SELECT CASE r_int(0, 2)
        WHEN 0 THEN set_masklen(inet '0.0.0.0' + r_int(0, 4294967295), r_int(0, 32)::int)
        WHEN 1 THEN inet '::' + r_int(0, 4294967295) * r_int(0, 1)
        ELSE set_masklen((SELECT string_agg(CASE r_int(0, 3) WHEN 0 THEN to_hex(r_int(0, 65535)) WHEN 1 THEN 'ffff' ELSE '0' END, ':')
            FROM generate_series(1, 8))::inet, (CASE WHEN random() < 0.5 THEN 128 ELSE r_int(0, 128) END)::int) END $$;
CREATE FUNCTION r_point() RETURNS point LANGUAGE sql VOLATILE AS
    'SELECT point(r_float(), r_float())';
CREATE FUNCTION r_points() RETURNS text LANGUAGE sql VOLATILE AS
    $$ SELECT string_agg(r_point()::text, ',') FROM generate_series(1, r_int(1, 5)) $$;
CREATE FUNCTION r_tsquery(depth int) RETURNS tsquery LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    CASE r_int(0, CASE WHEN depth = 0 THEN 1 ELSE 5 END)
        WHEN 0 THEN RETURN ('''' || replace(replace(r_text(), '\', '\\'), '''', '''''') || 'x''')::tsquery;
        WHEN 1 THEN RETURN (r_word() || 'x:' || (ARRAY['*', 'A', 'BD', '*ABCD'])[r_int(1, 4)])::tsquery;
        WHEN 2 THEN RETURN r_tsquery(depth - 1) && r_tsquery(depth - 1);
        WHEN 3 THEN RETURN r_tsquery(depth - 1) || r_tsquery(depth - 1);
        WHEN 4 THEN RETURN !! r_tsquery(depth - 1);
        ELSE RETURN tsquery_phrase(r_tsquery(depth - 1), r_tsquery(depth - 1), r_int(0, 3)::int);
    END CASE;
END $$;
CREATE FUNCTION r_pair() RETURNS pair LANGUAGE sql VOLATILE AS $$
    SELECT ROW(CASE WHEN random() < 0.8 THEN r_int(-10, 10) END, CASE WHEN random() < 0.8 THEN r_text() END, r_date(), r_numeric())::pair $$;
CREATE FUNCTION r_textspan() RETURNS textspan LANGUAGE sql VOLATILE AS
    'SELECT textspan(least(a, b), greatest(a, b)) FROM (SELECT r_text() AS a, r_text() AS b) q';
CREATE FUNCTION r_list() RETURNS list LANGUAGE sql VOLATILE AS
    'SELECT ARRAY[r_int(0, 9), NULL, r_int(0, 9)]::int4[]::list';
