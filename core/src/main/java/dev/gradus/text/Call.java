package dev.gradus.text;

import java.util.List;
import java.util.Optional;

/**
 * A name with arguments, as written.
 *
 * @param name the record's name
 * @param arguments in the order written
 * @param label what follows {@code as}
 * @param position where the name begins in the text, from 0
 */
record Call(String name, List<Argument> arguments, Optional<String> label, int position) {
  /** A value, with the option's name if one was written. */
  record Argument(Optional<String> name, Value value, int position) {}

  /** What stands for an option's value. */
  sealed interface Value {}

  /** A number or a word. */
  record Literal(String text, int position) implements Value {}

  /** One of several values of an option, in force from a step on. */
  record AtStep(Literal step, Value value) implements Value {}

  /** A record as a value. */
  record Nested(Call call) implements Value {}
}
