package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Split;
import dev.gradus.djl.data.Split.Draw;
import dev.gradus.djl.data.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Images in classes, on their way to a data set: what is left is to split and to normalise. */
record Classified(
    String name, String origin, List<String> classes, Map<Part, Labelled> parts, Draw testDraw) {

  /** Takes the test part that the data set brings, or else draws one as the options say. */
  static Classified of(
      String name,
      String origin,
      List<String> classes,
      Map<Part, Labelled> parts,
      SplitOptions split) {
    var draw = parts.containsKey(Part.TEST) ? new Draw.Own() : split.testDraw();
    return new Classified(name, origin, classes, parts, draw);
  }

  DataSet dataSet(DataOptions options) {
    requireClasses();
    var whole = part(Part.TRAIN);
    var split = Split.of(whole.labels(), testDraw, validationDraw(options));
    var train = whole.examples().subset(split.train());
    var normalisation = Normalisation.measuredOn(train);
    return new DataSet(
        name,
        List.of(origin, split.statement()),
        new Task.Classification(classes, weights(whole, split, options)),
        List.of(),
        normalisation,
        normalisation.over(train),
        normalisation.over(ownOr(Part.VALIDATION, whole, split.validation())),
        normalisation.over(ownOr(Part.TEST, whole, split.test())));
  }

  private void requireClasses() {
    if (classes.size() < 2) {
      throw new UserException(
          "The data set '%s' has only the class %s; there is nothing to tell apart."
              .formatted(name, classes));
    }
  }

  private Labelled part(Part part) {
    var labelled = parts.get(part);
    if (labelled == null) {
      throw new UserException("The data set '" + name + "' has no " + part.words() + " part.");
    }
    return labelled;
  }

  private Draw validationDraw(DataOptions options) {
    return parts.containsKey(Part.VALIDATION) ? new Draw.Own() : options.split().validationDraw();
  }

  private Examples ownOr(Part part, Labelled whole, int[] drawn) {
    return parts.containsKey(part) ? part(part).examples() : whole.examples().subset(drawn);
  }

  private List<Double> weights(Labelled whole, Split split, DataOptions options) {
    var labels = Arrays.stream(split.train()).map(index -> whole.labels()[index]).toArray();
    return ClassWeights.of(labels, classes.size(), options.balancedClasses());
  }
}
