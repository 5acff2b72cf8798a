package dev.gradus.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassWeightsTest {
  @TempDir Path folder;

  private DataOptions options() {
    return DataOptions.usual(LoadListener.SILENT).withSplit(new SplitOptions(0, 0, 0));
  }

  @Test
  void whatWasReadCanBeBalancedAfterwards() throws IOException {
    var file = Files.writeString(folder.resolve("a.csv"), "x,y\n1,a\n2,b\n3,a\n4,a\n");
    var set = DataSets.open("csv:" + file, options());
    var balanced = DataSets.open("csv:" + file, options().withBalancedClasses(true));
    assertThat(((Task.Classification) set.task()).weighted()).isFalse();
    assertThat(ClassWeights.balanced(set).task()).isEqualTo(balanced.task());
  }

  @Test
  void numbersHaveNoClasses() throws IOException {
    var file = Files.writeString(folder.resolve("a.csv"), "x,y\n1,1.5\n2,2.5\n3,3.5\n");
    var set = DataSets.open("csv:" + file, options());
    assertThat(ClassWeights.balanced(set)).isSameAs(set);
  }
}
