package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.equation.Pipeline;
import dev.gradus.schedule.Schedule;
import dev.gradus.schedule.Schedules;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Mutated texts are read or refused in a sentence, and what is read prints and reads back. */
class TextFuzzTest {
  private static final int INPUTS = 20_000;
  private static final String LETTERS = "abz019 .-+e_=(),|∞\u0000\n\t😀ßNaN";

  @Test
  void pipelines() {
    List<String> seeds = Settings.pipelines().stream().map(Pipeline::toString).toList();
    assertThat(fuzz(seeds, Rules::parse, Pipeline::toString)).isBetween(INPUTS / 50, INPUTS / 2);
  }

  @Test
  void schedules() {
    var random = new Random(3);
    var seeds = new ArrayList<String>();
    for (RecordType<? extends Schedule> type : Schedules.CATALOGUE.types()) {
      seeds.add(type.print(Settings.drawn(type, random)));
    }
    seeds.add("warmup(steps=5, then=warmup(steps=7, then=cosine(floor=0.1)))");
    assertThat(fuzz(seeds, Schedules::parse, TextFuzzTest::print))
        .isBetween(INPUTS / 50, INPUTS / 2);
  }

  private static String print(Schedule schedule) {
    return RecordType.of(schedule.getClass()).print(schedule);
  }

  /** How many mutated inputs were read. */
  private static <T> int fuzz(
      List<String> seeds, Function<String, T> parse, Function<T, String> print) {
    var random = new Random(42);
    int read = 0;
    for (int i = 0; i < INPUTS; i++) {
      String text = mutated(seeds.get(random.nextInt(seeds.size())), random);
      try {
        T parsed = parse.apply(text);
        assertThat(parse.apply(print.apply(parsed))).as(text).isEqualTo(parsed);
        read++;
      } catch (UserException refused) {
        assertThat(refused.getMessage()).as(text).isNotBlank().matches("(?s).*[.?]");
      }
    }
    return read;
  }

  private static String mutated(String seed, Random random) {
    var text = new StringBuilder(seed);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + 1 + random.nextInt(8));
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, text.substring(at, end));
        case 3 ->
            text.insert(at, text.toString().repeat(random.nextInt(1 + 5000 / (text.length() + 1))));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}
