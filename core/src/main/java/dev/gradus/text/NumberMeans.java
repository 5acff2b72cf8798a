package dev.gradus.text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On the type of an option: a number written alone stands for a record of that number. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NumberMeans {
  /**
   * The record, whose only component is the number.
   *
   * @return a record class of the option's type
   */
  Class<? extends Record> value();
}
