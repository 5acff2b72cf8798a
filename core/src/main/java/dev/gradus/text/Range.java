package dev.gradus.text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The values that a numeric option may take, as an interval such as {@code [0, 1)}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
  /**
   * The interval: a square bracket where the end belongs to it, a round one where not; {@code ∞}
   * for no end.
   *
   * @return the interval
   */
  String value();
}
