package dev.gradus.equation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpressionTest {
  private static final Slot X = Slot.of("x", Level.ELEMENT);
  private static final Slot Y = Slot.of("y", Level.ELEMENT);
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    2.5,
    -1e30,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  @Test
  void equalExpressionsAreOneObject() {
    assertThat(X.times(2).plus(Y).norm(Level.ROW)).isSameAs(X.times(2).plus(Y).norm(Level.ROW));
    assertThat(X.plus(Y)).isNotSameAs(Y.plus(X));
    assertThat(Expression.constant(0.0)).isNotSameAs(Expression.constant(-0.0));
    assertThat(X.sum(Level.ROW)).isNotSameAs(X.largest(Level.ROW));
    assertThat(Slot.of("x", Level.ROW)).isNotSameAs(X);
  }

  @Test
  void theyAreOneObjectInAllThreads() throws Exception {
    var tasks = new ArrayList<Callable<List<Expression>>>();
    for (int i = 0; i < 8; i++) {
      tasks.add(() -> IntStream.range(0, 2000).mapToObj(ExpressionTest::numbered).toList());
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      var results = threads.invokeAll(tasks);
      for (var result : results) {
        assertThat(result.get())
            .usingElementComparator(ExpressionTest::byIdentity)
            .isEqualTo(results.getFirst().get());
      }
    }
  }

  private static Expression numbered(int i) {
    return X.times(1.5 + i).plus(Y.squareRoot());
  }

  private static int byIdentity(Expression a, Expression b) {
    return a == b ? 0 : 1;
  }

  @Test
  void whatNobodyUsesIsLetGo() throws InterruptedException {
    var unused = new WeakReference<>(X.times(123.456).plus(Y));
    for (int i = 0; i < 100 && unused.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(unused.get()).isNull();
  }

  /** Whatever is simplified has the same value, but for the sign of a zero. */
  @ParameterizedTest
  @EnumSource
  void identitiesHold(Operator operator) {
    Slot x = Slot.of("scalar", Level.TENSOR);
    for (double constant : SPECIAL) {
      Expression c = Expression.constant(constant);
      for (double value : SPECIAL) {
        require(
            value,
            Expressions.operation(operator, operands(operator, x, c)),
            operator,
            value,
            constant,
            constant);
        require(
            value,
            Expressions.operation(operator, operands(operator, c, x)),
            operator,
            constant,
            value,
            value);
      }
    }
  }

  private static Expression[] operands(Operator operator, Expression a, Expression b) {
    return switch (operator.arity()) {
      case 1 -> new Expression[] {a};
      case 2 -> new Expression[] {a, b};
      case 3 -> new Expression[] {a, b, b};
      default -> throw new AssertionError(operator + " of " + operator.arity());
    };
  }

  private static void require(
      double value, Expression simplified, Operator operator, double a, double b, double c) {
    double expected = operator.apply(a, b, c);
    double actual =
        switch (simplified) {
          case Slot x -> value;
          case Constant constant -> constant.value();
          default -> expected;
        };
    assertThat(actual == expected || (Double.isNaN(actual) && Double.isNaN(expected)))
        .as("%s of %s, %s, %s is %s instead of %s", operator, a, b, c, actual, expected)
        .isTrue();
  }

  @Test
  void identitiesAreTaken() {
    assertThat(X.times(1)).isSameAs(X);
    assertThat(Expression.constant(1).times(X)).isSameAs(X);
    assertThat(X.plus(0)).isSameAs(X);
    assertThat(X.minus(0)).isSameAs(X);
    assertThat(X.over(Expression.constant(1))).isSameAs(X);
    assertThat(Y.choose(X, X)).isSameAs(X);
    assertThat(Expression.constant(3).choose(X, Y)).isSameAs(X);
    assertThat(Expression.constant(0).choose(X, Y)).isSameAs(Y);
    assertThat(Expression.constant(2).plus(3)).isSameAs(Expression.constant(5));
    assertThat(X.times(0)).isNotSameAs(Expression.constant(0));
  }

  @Test
  void levelsAreJoinedAndFolded() {
    Slot row = Slot.of("row", Level.ROW);
    assertThat(X.plus(row).level()).isEqualTo(Level.ELEMENT);
    assertThat(row.plus(1).level()).isEqualTo(Level.ROW);
    assertThat(X.sum(Level.TENSOR).level()).isEqualTo(Level.TENSOR);
    assertThat(X.sum(Level.TENSOR)).isSameAs(X.sum(Level.ROW).sum(Level.TENSOR));
    assertThat(X.sum(Level.TENSOR).sumOverModel("name").level()).isEqualTo(Level.MODEL);
  }

  @Test
  void aFoldBeginsWhereNothingIsFolded() {
    for (double value : new double[] {-3, 0, 2}) {
      for (Combine combine : Combine.values()) {
        assertThat(combine.apply(combine.start(), value)).isEqualTo(value);
      }
    }
  }

  @Test
  void factsAreKnownByTheirNames() {
    assertThat(Fact.of("one", Level.STEP).name()).isEqualTo("one");
    assertThat(Fact.of("one", Level.STEP)).isNotSameAs(Fact.of("two", Level.STEP));
  }

  @Test
  void aFoldOfRowsIsATotalOfTheSameKind() {
    Expression rows = X.sum(Level.ROW);
    Fold total = (Fold) rows.sum(Level.TENSOR);
    assertThat(total.isTotalOf(rows)).isTrue();
    assertThat(total.isTotalOf(Y.sum(Level.ROW))).isFalse();
    assertThat(total.isTotalOf(total)).isFalse();
    assertThat(((Fold) rows.largest(Level.TENSOR)).isTotalOf(rows)).isFalse();
    assertThat(((Fold) rows).isTotalOf(X)).isFalse();
  }

  @Test
  void foldsThatMeanNothingAreRefused() {
    Slot row = Slot.of("row", Level.ROW);
    assertThatThrownBy(() -> row.sum(Level.ROW)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> X.sum(Level.ELEMENT)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> X.sum(Level.MODEL)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> row.sumOverModel("name")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> X.power(Y)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> X.remainder(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsReachableComesInTheOrderOfItsParts() {
    Expression late = Y.times(X);
    Expression early = X.plus(late);
    assertThat(Equations.reachable(List.of(early, Y.squareRoot(), late)))
        .containsExactly(X, Y, late, early, Y.squareRoot());
  }

  /** The tree of this formula has 2^60 leaves. */
  @Test
  void formulasAreCutOff() {
    Expression e = X;
    for (int i = 0; i < 60; i++) {
      e = e.plus(e);
    }
    assertThat(e.toString()).hasSizeLessThan(500).contains("…");
    assertThat(X.plus(Y).over(X.norm(Level.ROW))).hasToString("÷(+(x, y), √(SUM to ROW(×(x, x))))");
  }
}
