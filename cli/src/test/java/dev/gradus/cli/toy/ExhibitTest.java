package dev.gradus.cli.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Rules;
import dev.gradus.text.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gallery of the documentation, made by {@code ./gradus toys --html docs/gallery.html}. */
class ExhibitTest {
  private static final Path GALLERY = Path.of("../docs/gallery.html");
  private static final Pattern ROOM =
      Pattern.compile("<h3 id=\"([^\"]+)\">.*?</section>", Pattern.DOTALL);

  static Stream<String> rules() {
    return Rules.CATALOGUE.types().stream().map(RecordType::name);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleHasADrawingOnEveryLandscape(String rule) throws IOException {
    var rooms =
        ROOM.matcher(Files.readString(GALLERY))
            .results()
            .collect(Collectors.toMap(room -> room.group(1), room -> room.group()));
    assertThat(rooms.getOrDefault(rule, "").split("<polyline class=\"way\"", -1))
        .hasSize(1 + Landscape.ALL.size());
  }

  @Test
  void theGalleryNamesNoRuleThatIsGone() throws IOException {
    assertThat(ROOM.matcher(Files.readString(GALLERY)).results().map(room -> room.group(1)))
        .containsExactlyElementsOf(rules().toList());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleIsShownInAPipelineThatHasIt(String rule) {
    var pipeline = Exhibit.pipeline(rule);
    assertThat(Arrays.stream(pipeline.toString().split(" \\| ", -1)))
        .anyMatch(stage -> stage.equals(rule) || stage.startsWith(rule + "("));
  }
}
