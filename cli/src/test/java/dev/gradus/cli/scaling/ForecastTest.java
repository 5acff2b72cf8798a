package dev.gradus.cli.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.cli.scaling.Rehearsed.Scheme;
import dev.gradus.scaling.Link;
import dev.gradus.scaling.Load;
import dev.gradus.scaling.Load.Manner;
import dev.gradus.scaling.Team;
import dev.gradus.scaling.Work;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTest {
  private static final Rehearsed REHEARSED =
      new Rehearsed(
          List.of(
              scheme("dense", 400_000, 0, Manner.SUM),
              scheme("packed", 4_000, 1e-3, Manner.GATHER)));
  private static final Team TEAM = new Team(2, new Link(1e8, 1e-3, 0));

  @TempDir private Path folder;

  private static Scheme scheme(String name, double bytes, double pack, Manner manner) {
    var load = new Load("weight", 100_000, bytes, pack, 0, manner);
    return new Scheme(name, new Work(0.05, 0, List.of(load)));
  }

  /** 400 kB at 100 Mbit/s take 33.5 ms with what stands around them, 4 kB take 0.3 ms. */
  @Test
  void stepsAreThoseComputedByHand() {
    var forecast = Forecast.of(REHEARSED, TEAM);
    var dense = forecast.schemes().getFirst();
    var packed = forecast.schemes().getLast();
    assertThat(dense.step()).isCloseTo(0.05 + 0.002 + 0.0335, within(1e-4));
    assertThat(packed.step()).isCloseTo(0.05 + 0.001 + 0.002 + 0.0003, within(1e-4));
    assertThat(packed.compression()).isEqualTo(100);
    assertThat(packed.speedup()).isCloseTo(dense.step() / packed.step(), within(1e-12));
    assertThat(packed.efficiency()).isCloseTo(0.05 / packed.step(), within(1e-12));
    assertThat(packed.bytesSent()).isEqualTo(4 + 4000);
    assertThat(packed.paysBelow()).isBetween(3e9, 4e9);
  }

  private static Offset<Double> within(double distance) {
    return Assertions.within(distance);
  }

  @Test
  void isTheSameWhenItWasWrittenAndRead() {
    var forecast = Forecast.of(REHEARSED, TEAM);
    var file = folder.resolve("plan.json");
    forecast.write(file);
    assertThat(Forecast.read(file)).isEqualTo(forecast);
  }

  @Test
  void isHeldAgainstARunInASentence() {
    var forecast = Forecast.of(REHEARSED, TEAM);
    double step = forecast.schemes().getLast().step();
    assertThat(forecast.against("packed", 2 * step, 3 * step, 4004))
        .isEqualTo(
            "A step took 107 ms in the median (+100 %) and 160 ms in the mean (+200 %), predicted"
                + " were 53.3 ms; 4.00 kB left each worker in it (+0 %), predicted were 4.00 kB.");
    assertThatThrownBy(() -> forecast.against("other", 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void longNamesStandAboveTheirNumbers() {
    var named = scheme("packed(manyThings=17)", 4_000, 0, Manner.GATHER);
    var forecast = Forecast.of(new Rehearsed(List.of(REHEARSED.schemes().getFirst(), named)), TEAM);
    assertThat(String.join("\n", ForecastTable.of(forecast)).lines())
        .contains("packed(manyThings=17)")
        .allMatch(line -> line.length() <= 80);
  }
}
