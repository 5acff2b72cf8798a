package dev.gradus.djl.model;

import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.djl.Trained;
import dev.gradus.text.Catalogue;
import dev.gradus.text.RecordType;
import java.util.List;

/** All models. */
public final class Models {
  private static final Catalogue<Model> CATALOGUE =
      new Catalogue<>(
          "model",
          Model.class,
          List.of(
              Mlp.class,
              PlainMlp.class,
              LeNet.class,
              ResNet20.class,
              Vgg.class,
              CharLstm.class,
              Factorised.class));

  private Models() {}

  /**
   * Reads a model.
   *
   * @param text a name, with options where they are not at their defaults: {@code "mlp(width=64)"}
   * @return the model
   * @throws dev.gradus.text.TextException if there is no such model or option
   */
  public static Model of(String text) {
    return CATALOGUE.single(text);
  }

  /**
   * Builds the network of a run that {@code gradus train} or a program has made with one of these
   * models, and gives it what it has learned.
   *
   * @param trained a checkpoint of the run
   * @return the network, to be closed by the caller
   * @throws UserException if the network is none of these models, or another version built it
   *     otherwise
   */
  public static Network trained(Trained trained) {
    var data = trained.data();
    var network = of(trained.network()).network(data.inputShape(), data.task());
    try {
      trained.into(network);
      return network;
    } catch (UserException mistake) {
      network.close();
      throw mistake;
    }
  }

  /**
   * What there is, for a help page: names, options, defaults and ranges.
   *
   * @return the models in the order of their size
   */
  public static List<RecordType<? extends Model>> types() {
    return CATALOGUE.types();
  }
}
