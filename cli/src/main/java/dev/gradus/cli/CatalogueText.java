package dev.gradus.cli;

import dev.gradus.Rules;
import dev.gradus.compress.Compressors;
import dev.gradus.djl.instance.InstanceMethods;
import dev.gradus.text.Catalogue;
import dev.gradus.text.RecordType;
import java.util.Iterator;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;

/** Text that names something of a catalogue with its options; completion offers each name. */
class CatalogueText implements ITypeConverter<String>, Iterable<String> {
  private final Catalogue<?> catalogue;
  private final Function<String, ?> parser;

  private CatalogueText(Catalogue<?> catalogue, Function<String, ?> parser) {
    this.catalogue = catalogue;
    this.parser = parser;
  }

  @Override
  public String convert(String text) {
    return parser.apply(text).toString();
  }

  @Override
  public Iterator<String> iterator() {
    return catalogue.types().stream().<String>map(RecordType::name).iterator();
  }

  /** Update rules, one behind the other. */
  static final class Pipeline extends CatalogueText {
    Pipeline() {
      super(Rules.CATALOGUE, Rules::parse);
    }
  }

  /** An instance method. */
  static final class Instances extends CatalogueText {
    Instances() {
      super(InstanceMethods.CATALOGUE, InstanceMethods::parse);
    }
  }

  /** How gradients are packed. */
  static final class Compression extends CatalogueText {
    Compression() {
      super(Compressors.CATALOGUE, Compressors::parse);
    }
  }
}
