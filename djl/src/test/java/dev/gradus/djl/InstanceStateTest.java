package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.instance.LearnedRates;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is learned about examples stays theirs when others are added, removed or changed. */
class InstanceStateTest {
  private static final String NUMBERS = "instances/numbers";

  @TempDir Path folder;

  /** Examples with names that can be chosen. */
  private record Row(String name, List<Float> input, float target) {
    Row named(String other) {
      return new Row(other, input, target);
    }

    Row labelled(float other) {
      return new Row(name, input, other);
    }
  }

  private record Rows(List<Row> rows) implements Examples {
    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public List<Long> inputShape() {
      return List.of(1L, 6L, 6L);
    }

    @Override
    public List<Long> targetShape() {
      return List.of();
    }

    @Override
    public void input(int index, float[] into, int offset) {
      int place = offset;
      for (float number : rows.get(index).input()) {
        into[place++] = number;
      }
    }

    @Override
    public void target(int index, float[] into, int offset) {
      into[offset] = rows.get(index).target();
    }

    @Override
    public String identity(int index) {
      return rows.get(index).name();
    }
  }

  /** Remembers a number for every example, which it is given, and one for each class. */
  private static final class Remembering implements InstanceMethod {
    private final float[] numbers;

    Remembering(float... numbers) {
      this.numbers = numbers;
    }

    @Override
    public Running start(DataSet data) {
      var each = numbers.length == 0 ? new float[data.train().size()] : numbers;
      var tensor = Tensor.of(NUMBERS, List.of((long) data.train().size()), each);
      var classes = Tensor.of("instances/classes", List.of(3L), 7, 8, 9);
      return new Running() {
        @Override
        public void weigh(Batch part, float[] losses, float[] weights) {}

        @Override
        public List<Tensor> state() {
          return List.of(tensor, classes);
        }

        @Override
        public void restore(Map<String, Tensor> saved) {
          for (Tensor own : state()) {
            own.data().copyFrom(saved.getOrDefault(own.name(), own).data());
          }
        }
      };
    }

    @Override
    public String toString() {
      return "remembering";
    }
  }

  private static List<Row> rows(int count) {
    var images = (Tiny.Held) Tiny.images(count, 1);
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      var input = new ArrayList<Float>();
      for (float number : images.inputs().get(i)) {
        input.add(number);
      }
      rows.add(new Row("image " + i, input, images.targets().get(i)));
    }
    return rows;
  }

  private Training training(Network network, List<Row> rows, InstanceMethod method, String name) {
    return Tiny.training(network, Tiny.data(new Rows(rows)))
        .instances(method, Tiny.images(20, 4))
        .stopWhen(() -> true)
        .checkpoints(Checkpoints.in(folder.resolve(name)).resuming());
  }

  /** Takes one step. */
  private void run(List<Row> rows, InstanceMethod method, String name) {
    try (var network = Tiny.plain()) {
      training(network, rows, method, name).run();
    }
  }

  /** Takes one step behind those of a run called earlier, and answers what it says. */
  private String goOn(List<Row> rows, InstanceMethod method) {
    var problems = new ArrayList<String>();
    try (var network = Tiny.plain()) {
      training(network, rows, method, "later")
          .instancesFrom(folder.resolve("earlier"))
          .listener(
              event -> {
                if (event instanceof TrainingEvent.Started started) {
                  problems.addAll(started.problems());
                }
              })
          .run();
    }
    return String.join("\n", problems);
  }

  private float[] later() throws IOException {
    return Tiny.newest(folder.resolve("later")).getOrDefault(NUMBERS, new float[0]);
  }

  @Test
  void whatIsKnownOfAnExampleStaysIts() throws IOException {
    var rows = rows(10);
    run(rows, new Remembering(10, 11, 12, 13, 14, 15, 16, 17, 18, 19), "earlier");
    var others = rows(13);
    others.set(4, others.get(4).labelled((others.get(4).target() + 1) % 3));
    others.remove(7);
    others.remove(2);
    var said = goOn(others, new Remembering());
    assertThat(said)
        .isEqualTo(
            "Of the training examples 7 go on as the earlier run left them; 3 are new and 1 have"
                + " changed, which begin anew; 2 are gone.");
    assertThat(later()).containsExactly(10, 11, 13, 0, 15, 16, 18, 19, 0, 0, 0);
    assertThat(Tiny.newest(folder.resolve("later")).get("instances/classes"))
        .containsExactly(7, 8, 9);
  }

  @Test
  void examplesAreKnownByTheirContentsWhereNamesHaveMovedOn() throws IOException {
    var rows = rows(6);
    rows.set(3, rows.get(1).named("image 3"));
    run(rows, new Remembering(10, 11, 12, 13, 14, 15), "earlier");
    var moved = new ArrayList<Row>();
    for (int i = 1; i < 6; i++) {
      moved.add(rows.get(i).named("image " + (i - 1)));
    }
    assertThat(goOn(moved, new Remembering())).contains("5 go on", "0 are new", "1 are gone");
    assertThat(later()).containsExactly(11, 12, 13, 14, 15);
  }

  @Test
  void goingOnWithOtherRowsIsRefusedWithTheirNumbers() {
    var rows = rows(10);
    run(rows, new LearnedRates(), "run");
    var others = rows(12);
    others.set(4, others.get(4).labelled((others.get(4).target() + 1) % 3));
    others.removeFirst();
    refused(
        () -> run(others, new LearnedRates(), "run"),
        "This is not the run that the checkpoint is from: of the training examples 2 are new, 1"
            + " gone, 1 changed and 8 the same; training examples: 10 then, 11 now; hash of the"
            + " data");
    run(rows, new LearnedRates(), "run");
  }

  @Test
  void examplesWithoutANameOfTheirOwnAreRefused() {
    var rows = rows(10);
    rows.set(3, rows.get(3).named(" "));
    refused(
        () -> run(rows, new LearnedRates(), "run"),
        "Training example 3 has no name, so what is learned about it could not be kept; name it.");
    rows.set(3, rows.get(3).named("image 8"));
    refused(
        () -> run(rows, new LearnedRates(), "run"),
        "Training examples 3 and 8 are named 'image 8' and 'image 8', which cannot be told apart;"
            + " what is learned about each needs names of their own.");
    run(rows, InstanceMethod.UNIFORM, "run");
  }

  @Test
  void ratesThatAreNotFiniteAreRefused() {
    var rows = rows(4);
    run(rows, new Remembering(1, 1, Float.NaN, 1), "earlier");
    var sentence =
        "In the checkpoint number 2 of 'instances/numbers' is NaN, which no run can go on with;"
            + " begin a new one.";
    refused(() -> goOn(rows, new Remembering()), sentence);
    refused(() -> run(rows, new Remembering(), "earlier"), sentence);
  }

  @Test
  void aRunThatLearnedNothingAboutExamplesHasNothingToGive() {
    var rows = rows(4);
    run(rows, InstanceMethod.UNIFORM, "earlier");
    refused(
        () -> goOn(rows, new LearnedRates()),
        "The earlier run has learned nothing about single examples that this method could begin"
            + " with; both runs need the same method, such as rates.");
  }

  private static void refused(ThrowingCallable run, String sentence) {
    assertThatThrownBy(run).isInstanceOf(UserException.class).hasMessageStartingWith(sentence);
  }
}
