package dev.gradus.djl.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.TrainingEvent;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four epochs of ten steps. */
class RateLogTest {
  private static final int EPOCHS = 4;
  private static final int EPOCHS_OF_MANY = 80;
  private static final int MANY = 1 << 20;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("run/rates.npy");
  }

  private static TrainingEvent started(long step) {
    return new TrainingEvent.Started(step, 10L * EPOCHS, EPOCHS, 100, List.of());
  }

  private static TrainingEvent learned(long epoch, float... rates) {
    return new TrainingEvent.InstancesLearned(
        epoch,
        List.of(
            Tensor.of("instances/others", List.of(1L), 7f),
            Tensor.of("instances/rates", List.of((long) rates.length), rates)));
  }

  private List<RateHistory.Point> history(int instance, int instances) {
    return RateHistory.read(file(), EPOCHS, instances, List.of(instance)).getFirst().points();
  }

  private static RateHistory.Point point(int epoch, double rate) {
    return new RateHistory.Point(epoch, (float) rate);
  }

  @Test
  void keepsTheRatesOfEveryEpoch() {
    var log = new RateLog(file());
    log.on(started(0));
    log.on(learned(0, 1, 0.5f, 2));
    log.on(learned(1, 1, 0.25f, 1.75f));
    assertThat(history(1, 3)).containsExactly(point(1, 0.5), point(2, 0.25));
    assertThat(history(2, 3)).containsExactly(point(1, 2), point(2, 1.75));
    assertThat(history(1, 4)).isEmpty();
  }

  @Test
  void tellsHowFarRatesLieApart() {
    var log = new RateLog(file());
    log.on(started(0));
    log.on(learned(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    log.on(learned(2, 10, 0, 9, 1, 8, 2, 7, 3, 6, 4, 5));
    assertThat(RateSpread.read(file(), EPOCHS))
        .containsExactly(new RateSpread(1, 1, 1, 1), new RateSpread(3, 1, 5, 9));
    assertThat(RateSpread.read(folder.resolve("none.npy"), EPOCHS)).isEmpty();
  }

  @Test
  void isAnArrayOfNumPy() throws IOException {
    var log = new RateLog(file());
    log.on(started(0));
    log.on(learned(0, 1, -2, 65504));
    var bytes = Files.readAllBytes(file());
    assertThat(bytes).hasSize(128 + 3 * 2).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 3), }  ")
        .endsWith(" \n");
    assertThat(Arrays.copyOfRange(bytes, 128, 134))
        .containsExactly(0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b);
  }

  @Test
  void aRunWithoutRatesHasNoFile() {
    var log = new RateLog(file());
    log.on(started(0));
    log.on(new TrainingEvent.InstancesLearned(0, List.of()));
    assertThat(file()).doesNotExist();
    assertThat(history(0, 1)).isEmpty();
  }

  @Test
  void aResumedRunDropsTheEpochsThatItMakesAgain() {
    var first = new RateLog(file());
    first.on(started(0));
    first.on(learned(0, 1, 1));
    first.on(learned(1, 0.5f, 1));
    first.on(learned(2, 0.25f, 1));
    var second = new RateLog(file());
    second.on(started(25));
    assertThat(history(0, 2)).containsExactly(point(1, 1), point(2, 0.5));
    second.on(learned(2, 0.125f, 1));
    second.on(learned(3, 0, 1));
    assertThat(history(0, 2))
        .containsExactly(point(1, 1), point(2, 0.5), point(3, 0.125), point(4, 0));
    new RateLog(file()).on(started(0));
    assertThat(history(0, 2)).isEmpty();
  }

  @Test
  void anEpochThatEndsAgainReplacesItself() {
    var log = new RateLog(file());
    log.on(started(0));
    log.on(learned(0, 1));
    log.on(started(10));
    log.on(learned(0, 0.5f));
    assertThat(history(0, 1)).containsExactly(point(1, 0.5));
  }

  @Test
  void withOtherInstancesEarlierEpochsAreUnknown() {
    var log = new RateLog(file());
    log.on(started(0));
    log.on(learned(0, 1, 1));
    log.on(learned(1, 1, 1, 2));
    assertThat(history(2, 3)).containsExactly(point(2, 2));
  }

  @Test
  void aRowThatACrashHasCutIsNotThere() throws IOException {
    var log = new RateLog(file());
    log.on(started(0));
    log.on(learned(0, 1, 2));
    log.on(learned(1, 1, 2));
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(history(0, 2)).containsExactly(point(1, 1));
    Files.writeString(file(), "something else");
    assertThat(history(0, 2)).isEmpty();
  }

  @Test
  void ofManyInstancesFewerEpochsAreKept() throws IOException {
    var rates = new float[MANY];
    var log = new RateLog(file());
    log.on(new TrainingEvent.Started(0, EPOCHS_OF_MANY, EPOCHS_OF_MANY, 100, List.of()));
    for (int epoch = 0; epoch < 6; epoch++) {
      Arrays.fill(rates, epoch + 1);
      log.on(learned(epoch, rates));
    }
    assertThat(
            RateHistory.read(file(), EPOCHS_OF_MANY, MANY, List.of(MANY - 1)).getFirst().points())
        .containsExactly(point(3, 3), point(6, 6));
    assertThat(Files.size(file())).isLessThan(RateLog.LARGEST / 10);
  }
}
