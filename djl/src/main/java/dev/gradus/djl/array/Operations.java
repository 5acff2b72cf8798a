package dev.gradus.djl.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gradus.equation.Operator;

/** The operators of the language as operations on arrays. */
final class Operations {
  private Operations() {}

  /** Whether the result may be written where the first operand lies. */
  static boolean worksInPlace(Operator operator) {
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
      default -> false;
    };
  }

  static boolean commutes(Operator operator) {
    return operator == Operator.ADD || operator == Operator.MULTIPLY;
  }

  static void inPlace(Operator operator, NDArray a, NDArray b) {
    switch (operator) {
      case ADD -> a.addi(b);
      case SUBTRACT -> a.subi(b);
      case MULTIPLY -> a.muli(b);
      case DIVIDE -> a.divi(b);
      default -> throw new IllegalArgumentException(operator + " does not work in place");
    }
  }

  /** A new array; comparisons give 1 and 0 of a type. */
  static NDArray apply(Operator operator, NDArray a, NDArray b, DataType type) {
    return switch (operator) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.sub(b);
      case MULTIPLY -> a.mul(b);
      case DIVIDE -> a.div(b);
      case MINIMUM -> a.minimum(b);
      case MAXIMUM -> a.maximum(b);
      case SQUARE_ROOT -> a.sqrt();
      case ABSOLUTE -> a.abs();
      case SIGN -> a.sign();
      case TANH -> a.tanh();
      case EXP2 -> b.pow(a);
      case LESS, EQUAL -> asNumbers(compare(operator, a, b), type);
      case SELECT, POWER, REMAINDER ->
          throw new IllegalArgumentException(operator + " is not for two arrays");
    };
  }

  /** Truth values. */
  static NDArray compare(Operator operator, NDArray a, NDArray b) {
    return operator == Operator.LESS ? a.lt(b) : a.eq(b);
  }

  private static NDArray asNumbers(NDArray truth, DataType type) {
    try (truth) {
      return truth.toType(type, true);
    }
  }

  /** Where truth holds {@code whenTrue}, elsewhere {@code otherwise}; at least one is an array. */
  static NDArray select(NDArray truth, NDArray whenTrue, NDArray otherwise) {
    if (whenTrue.getShape().equals(truth.getShape())) {
      return whenTrue.getNDArrayInternal().where(truth, otherwise);
    }
    try (NDArray not = truth.logicalNot();
        NDArray full = full(truth, otherwise)) {
      return full.getNDArrayInternal().where(not, whenTrue);
    }
  }

  /** A new array of the shape of another. */
  private static NDArray full(NDArray like, NDArray value) {
    try (NDArray zeros = like.zerosLike();
        NDArray numbers = zeros.toType(value.getDataType(), true)) {
      return numbers.add(value);
    }
  }
}
