package dev.gradus.safetensors;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a header says of one tensor: its {@code dtype}, {@code shape} and {@code
 * data_offsets}.
 */
final class EntryReader {
  private final JsonReader json;
  private final String name;
  private @Nullable Dtype dtype;
  private @Nullable List<Long> shape;
  private @Nullable List<Long> offsets;

  EntryReader(JsonReader json, String name) {
    this.json = json;
    this.name = name;
  }

  Header.Entry read() throws SafetensorsException {
    json.object(this::member);
    if (dtype == null || shape == null || offsets == null) {
      throw failure("lacks its dtype, shape or data_offsets");
    }
    if (offsets.size() != 2) {
      throw failure("has " + offsets.size() + " data_offsets instead of 2");
    }
    return new Header.Entry(name, dtype, shape, offsets.getFirst(), offsets.getLast());
  }

  private void member(String key) throws SafetensorsException {
    switch (key) {
      case "dtype" -> dtype = dtype(json.string());
      case "shape" -> shape = numbers(Dtype.LARGEST_RANK);
      case "data_offsets" -> offsets = numbers(2);
      default -> throw failure("has the unknown key " + Quoted.text(key));
    }
  }

  private Dtype dtype(String text) throws SafetensorsException {
    for (Dtype known : Dtype.values()) {
      if (known.name().equals(text)) {
        return known;
      }
    }
    throw failure("has the unknown dtype " + Quoted.text(text));
  }

  private List<Long> numbers(int most) throws SafetensorsException {
    var numbers = new ArrayList<Long>();
    json.array(
        () -> {
          if (numbers.size() == most) {
            throw failure("has a list of more than " + most + " numbers");
          }
          numbers.add(json.integer());
        });
    return List.copyOf(numbers);
  }

  private SafetensorsException failure(String fault) {
    return json.failure("tensor " + Quoted.text(name) + " " + fault);
  }
}
