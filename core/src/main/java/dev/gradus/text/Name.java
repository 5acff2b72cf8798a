package dev.gradus.text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name under which a record is written in text, in kebab-case. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Name {
  /**
   * The name.
   *
   * @return letters, digits and hyphens
   */
  String value();
}
