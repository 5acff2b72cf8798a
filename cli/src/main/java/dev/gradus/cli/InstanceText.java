package dev.gradus.cli;

import dev.gradus.djl.instance.InstanceMethods;
import dev.gradus.text.RecordType;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;

/** Text that names an instance method; completion offers each. */
final class InstanceText implements ITypeConverter<String>, Iterable<String> {
  @Override
  public String convert(String text) {
    return InstanceMethods.parse(text).toString();
  }

  @Override
  public Iterator<String> iterator() {
    return InstanceMethods.CATALOGUE.types().stream().<String>map(RecordType::name).iterator();
  }
}
