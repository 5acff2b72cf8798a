package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The remote observation point by its identities, in double precision. */
class RemoteTest {
  private static final List<Parameter> MATRIX = Run.parameters(Shape.of(3, 5));

  private static double[] after(String pipeline) {
    try (Run run = Run.reference(Rules.parse(pipeline), MATRIX)) {
      return run.steps(30).weights(0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 4})
  void overARunningMeanItIsRsg(double distance) {
    double mu = distance * (1 - 0.9) / 0.9;
    assertThat(after("rsg(beta1=0.9, mu=0) | remote(" + distance + ")"))
        .containsExactly(after("rsg(beta1=0.9, mu=" + mu + ")"), within(1e-12));
  }

  @Test
  void aDistanceOfBetaIsNesterovsLookAhead() {
    assertThat(after("momentum(momentum=0.9, first=dampened) | remote(0.9)"))
        .containsExactly(
            after("momentum(momentum=0.9, first=dampened, nesterov=true)"), within(1e-12));
  }

  @Test
  void itMovesAdamToo() {
    assertThat(after("adam | remote(2)")).isNotEqualTo(after("adam"));
    assertThat(after("adam | remote(0)")).isEqualTo(after("adam"));
  }
}
