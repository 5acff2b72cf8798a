package dev.gradus.cli;

import dev.gradus.Rules;
import dev.gradus.text.RecordType;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;

/** Text that names update rules; completion offers each rule. */
final class PipelineText implements ITypeConverter<String>, Iterable<String> {
  @Override
  public String convert(String text) {
    return Rules.parse(text).toString();
  }

  @Override
  public Iterator<String> iterator() {
    return Rules.CATALOGUE.types().stream().<String>map(RecordType::name).iterator();
  }
}
