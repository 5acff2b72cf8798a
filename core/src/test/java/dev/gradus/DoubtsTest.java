package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Warnings about pipelines that are hardly meant. */
class DoubtsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adamp",
        "adam | project | decay(0.01)",
        "decay(0.01) | adam",
        "clip-norm | adamw | unit-rows",
        "sgd(momentum=0.9) | decay(0) | project",
        "adamw(weightDecay=0) | decay"
      })
  void ordinaryPipelinesRaiseNone(String pipeline) {
    assertThat(Rules.doubts(Rules.parse(pipeline))).isEmpty();
  }

  @Test
  void twoSecondMomentsAreDoubtful() {
    assertThat(Rules.doubts(Rules.parse("rmsprop | adam as second")))
        .singleElement()
        .asString()
        .startsWith("'rmsprop' and 'adam' both divide by the size of past gradients");
    assertThat(Rules.doubts(Rules.parse("novograd | adagrad"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"decay(0.1) | adam | decay(0.1)", "decay | adamw", "sgdp | decay"})
  void decayingTwiceIsDoubtful(String pipeline) {
    assertThat(Rules.doubts(Rules.parse(pipeline)))
        .singleElement()
        .asString()
        .endsWith("both decay the weights, so they decay twice; leave one decay out.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam | decay(0.1) | project", "adamw | project"})
  void decayingBeforeAProjectionIsDoubtful(String pipeline) {
    assertThat(Rules.doubts(Rules.parse(pipeline)))
        .singleElement()
        .asString()
        .contains("before 'project', which takes the decay out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          hybrid | trust-ratio            > needs a step without the learning rate
          multiplicative | adam           > needs a step without the learning rate
          novograd(luc=true) | project    > needs a step without the learning rate
          unit-rows | decay               > has already made the new weight
          lookahead | clip-value          > has already made the new weight
          novograd | unit-rows(rescale=true) > holds one number per TENSOR
          momentum | momentum             > keep a state named 'buffer'
          clip-norm | adam | clip-norm    > fold over the model under the name 'clip-norm'
          """)
  void whatCannotMakeSenseIsRefused(String pipeline, String reason) {
    assertThatThrownBy(() -> Rules.parse(pipeline))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(reason);
  }
}
