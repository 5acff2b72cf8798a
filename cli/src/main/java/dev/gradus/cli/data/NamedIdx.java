package dev.gradus.cli.data;

import dev.gradus.djl.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A published data set in MNIST's format: found in a folder of its name, or downloaded. */
final class NamedIdx implements DataReader {
  static final NamedIdx MNIST =
      new NamedIdx(
          "mnist",
          IntStream.range(0, 10).mapToObj(Integer::toString).toList(),
          "https://ossci-datasets.s3.amazonaws.com/mnist/",
          List.of(
              new Published(
                  "train-images-idx3-ubyte.gz",
                  9_912_422,
                  "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
              new Published(
                  "train-labels-idx1-ubyte.gz",
                  28_881,
                  "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
              new Published(
                  "t10k-images-idx3-ubyte.gz",
                  1_648_877,
                  "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
              new Published(
                  "t10k-labels-idx1-ubyte.gz",
                  4_542,
                  "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")));

  static final NamedIdx FASHION_MNIST =
      new NamedIdx(
          "fashion-mnist",
          List.of(
              "T-shirt/top",
              "Trouser",
              "Pullover",
              "Dress",
              "Coat",
              "Sandal",
              "Shirt",
              "Sneaker",
              "Bag",
              "Ankle boot"),
          "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
          List.of(
              new Published(
                  "train-images-idx3-ubyte.gz",
                  26_421_880,
                  "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
              new Published(
                  "train-labels-idx1-ubyte.gz",
                  29_515,
                  "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
              new Published(
                  "t10k-images-idx3-ubyte.gz",
                  4_422_102,
                  "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
              new Published(
                  "t10k-labels-idx1-ubyte.gz",
                  5_148,
                  "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")));

  private final String folderName;
  private final List<String> classes;
  private final String address;
  private final List<Published> files;

  private NamedIdx(String folderName, List<String> classes, String address, List<Published> files) {
    this.folderName = folderName;
    this.classes = classes;
    this.address = address;
    this.files = files;
  }

  @Override
  public DataSet read(String name, String argument, DataOptions options) throws IOException {
    return new IdxFolder().read(name, folder(options), classes, options);
  }

  private Path folder(DataOptions options) {
    return options
        .places()
        .searched()
        .map(place -> place.resolve(folderName))
        .filter(folder -> IdxFolder.find(folder, Part.TRAIN, "images-idx3").isPresent())
        .findFirst()
        .orElseGet(() -> new Downloads(options).fetch(folderName, address, files));
  }
}
