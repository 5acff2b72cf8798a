///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS dev.gradus:gradus-djl:0.1.0
//DEPS org.slf4j:slf4j-nop:2.0.17
//RUNTIME_OPTIONS --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Dai.djl.offline=true -DOPT_OUT_TRACKING=true

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import dev.gradus.djl.TrainerOptimizer;

/** Tells two spirals apart: {@code jbang docs/Spirals.java "clip-norm(1) | adamp"}. */
static final int POINTS = 400;

static final int EPOCHS = 60;

void main(String[] arguments) throws Exception {
  var optimizer = arguments.length > 0 ? arguments[0] : "clip-norm(1) | adamp";
  Engine.getInstance().setRandomSeed(1);
  try (var model = Model.newInstance("spirals")) {
    model.setBlock(
        new SequentialBlock()
            .add(Linear.builder().setUnits(32).build())
            .add(Activation.tanhBlock())
            .add(Linear.builder().setUnits(32).build())
            .add(Activation.tanhBlock())
            .add(Linear.builder().setUnits(2).build()));
    var config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .addEvaluator(new Accuracy())
            .addTrainingListeners(TrainingListener.Defaults.basic())
            .optOptimizer(TrainerOptimizer.of(model, optimizer, 1e-2));
    try (var trainer = model.newTrainer(config)) {
      trainer.initialize(new Shape(1, 2));
      EasyTrain.fit(trainer, EPOCHS, spirals(model), null);
      var accuracy = trainer.getTrainingResult().getTrainEvaluation("Accuracy");
      IO.println("%s: accuracy %.3f".formatted(optimizer, accuracy));
    }
  }
}

/** Points on two spirals that wind around each other one and a half times. */
ArrayDataset spirals(Model model) throws Exception {
  var points = new float[2 * POINTS];
  var labels = new float[POINTS];
  for (int i = 0; i < POINTS; i++) {
    int label = i % 2;
    double distance = (i + 20) / (POINTS + 20.0);
    double angle = 3 * Math.PI * distance + Math.PI * label;
    points[2 * i] = (float) (distance * Math.cos(angle));
    points[2 * i + 1] = (float) (distance * Math.sin(angle));
    labels[i] = label;
  }
  var manager = model.getNDManager();
  return new ArrayDataset.Builder()
      .setData(manager.create(points, new Shape(POINTS, 2)))
      .optLabels(manager.create(labels))
      .setSampling(32, true)
      .build();
}
