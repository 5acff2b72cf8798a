package dev.gradus.cli.model;

import dev.gradus.text.Catalogue;
import dev.gradus.text.RecordType;
import java.util.List;

/** All models. */
public final class Models {
  private static final Catalogue<Model> CATALOGUE =
      new Catalogue<>(
          "model",
          Model.class,
          List.of(Mlp.class, LeNet.class, ResNet20.class, Vgg.class, CharLstm.class));

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
   * What there is, for a help page: names, options, defaults and ranges.
   *
   * @return the models in the order of their size
   */
  public static List<RecordType<? extends Model>> types() {
    return CATALOGUE.types();
  }
}
