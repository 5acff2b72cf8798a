package dev.gradus.cli;

import dev.gradus.scaling.Link;
import picocli.CommandLine.ITypeConverter;

/** Text that tells what a worker is connected by. */
final class LinkText implements ITypeConverter<Link> {
  @Override
  public Link convert(String text) {
    return Link.parse(text);
  }
}
