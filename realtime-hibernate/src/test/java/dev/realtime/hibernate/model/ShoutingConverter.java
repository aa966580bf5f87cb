package dev.realtime.hibernate.model;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** A name is kept in capitals; the empty one stands for none. */
@Converter
public class ShoutingConverter implements AttributeConverter<String, String> {

    @Override
    public String convertToDatabaseColumn(String attribute) {
        return attribute == null ? "" : attribute.toUpperCase(Locale.ROOT);
    }

    @Override
    public String convertToEntityAttribute(String column) {
        return column == null || column.isEmpty() ? null : column.toLowerCase(Locale.ROOT);
    }
}
