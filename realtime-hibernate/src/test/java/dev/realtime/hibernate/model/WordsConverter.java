package dev.realtime.hibernate.model;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** Several words in one column. */
@Converter
public class WordsConverter implements AttributeConverter<List<String>, String> {

    @Override
    public String convertToDatabaseColumn(List<String> words) {
        return words == null ? null : String.join(";", words);
    }

    @Override
    public List<String> convertToEntityAttribute(String column) {
        return column == null ? null : List.of(column.split(";"));
    }
}
