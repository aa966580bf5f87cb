package dev.realtime.hibernate.model;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Set;
import org.hibernate.type.NumericBooleanConverter;
import org.hibernate.type.TrueFalseConverter;
import org.hibernate.type.YesNoConverter;

/** Attributes that a converter of the application, or one of Hibernate's, stands between. */
public final class Converted {

    private Converted() {}

    public record Celsius(int degrees) {}

    /** Applied to every attribute of its type, without an annotation. */
    @Converter(autoApply = true)
    public static class CelsiusConverter implements AttributeConverter<Celsius, Integer> {

        @Override
        public Integer convertToDatabaseColumn(Celsius attribute) {
            return attribute == null ? null : attribute.degrees();
        }

        @Override
        public Celsius convertToEntityAttribute(Integer column) {
            return column == null ? null : new Celsius(column);
        }
    }

    /** What is common to converters to text: their types stand in the subclass only. */
    public abstract static class Joined<E, C> implements AttributeConverter<C, String> {

        abstract C parse(String text);

        abstract String join(C value);

        @Override
        public String convertToDatabaseColumn(C attribute) {
            return attribute == null ? null : join(attribute);
        }

        @Override
        public C convertToEntityAttribute(String column) {
            return column == null ? null : parse(column);
        }
    }

    @Converter
    public static class NumbersConverter extends Joined<Integer, Set<Integer>> {

        @Override
        Set<Integer> parse(String text) {
            return Set.of(text.split("\\|")).stream()
                    .map(Integer::valueOf)
                    .collect(java.util.stream.Collectors.toUnmodifiableSet());
        }

        @Override
        String join(Set<Integer> value) {
            return value.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining("|"));
        }
    }

    /** Its column is a number. */
    @Converter
    public static class VersionConverter implements AttributeConverter<Version3, Long> {

        @Override
        public Long convertToDatabaseColumn(Version3 attribute) {
            return attribute == null
                    ? null
                    : (attribute.major() * 1_000_000L + attribute.minor()) * 1_000_000L + attribute.patch();
        }

        @Override
        public Version3 convertToEntityAttribute(Long column) {
            return column == null
                    ? null
                    : new Version3((int) (column / 1_000_000_000_000L), (int) (column / 1_000_000L % 1_000_000L), (int)
                            (column % 1_000_000L));
        }
    }

    @Embeddable
    public static class Weather {
        Celsius lowest;

        @Convert(converter = WordsConverter.class)
        List<String> words;
    }

    @Entity(name = "Converted")
    public static class Station {
        @Id
        int id;

        Celsius auto;

        @Convert(disableConversion = true)
        Integer plain;

        @Convert(converter = NumbersConverter.class)
        Set<Integer> numbers;

        @Convert(converter = ShoutingConverter.class)
        String shouted;

        @Convert(converter = VersionConverter.class)
        Version3 version3;

        @Convert(converter = YesNoConverter.class)
        Boolean yesNo;

        @Convert(converter = TrueFalseConverter.class)
        Boolean trueFalse;

        @Convert(converter = NumericBooleanConverter.class)
        boolean numeric;

        Weather weather;
    }
}
