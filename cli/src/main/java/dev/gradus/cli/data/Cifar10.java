package dev.gradus.cli.data;

import dev.gradus.djl.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** CIFAR-10: the original binary files, their archive, or an archive or folder of images. */
final class Cifar10 implements DataReader {
  private static final String NAME = "cifar10";
  private static final String ARCHIVE = "cifar-10-binary.tar.gz";
  private static final String ADDRESS = "https://www.cs.toronto.edu/~kriz/";
  private static final List<String> BINARY_FOLDERS =
      List.of(NAME, NAME + "/cifar-10-batches-bin", "cifar-10-batches-bin");
  private static final List<String> ARCHIVES = List.of(NAME + "/" + ARCHIVE, ARCHIVE);
  private static final List<String> IMAGES =
      List.of("cifar10-images.zip", NAME + "/cifar10-images.zip", NAME);
  private static final Published DOWNLOAD =
      new Published(
          ARCHIVE, 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");

  @Override
  public DataSet read(String name, String argument, DataOptions options) throws IOException {
    var places = options.places();
    var folder = first(places, BINARY_FOLDERS, CifarBinary::isIn);
    if (folder.isPresent()) {
      return CifarBinary.ofFolder(folder.get()).dataSet(name, options);
    }
    var archive = first(places, ARCHIVES, Files::isRegularFile);
    if (archive.isPresent()) {
      return CifarBinary.ofArchive(archive.get()).dataSet(name, options);
    }
    var images = first(places, IMAGES, Cifar10::holdsImages);
    if (images.isPresent()) {
      return new ImageFolder().read(name, images.get(), options);
    }
    var cache = new Downloads(options).fetch(NAME, ADDRESS, List.of(DOWNLOAD));
    return CifarBinary.ofArchive(cache.resolve(ARCHIVE)).dataSet(name, options);
  }

  private static Optional<Path> first(DataPlaces places, List<String> names, Predicate<Path> fits) {
    return places
        .searched()
        .flatMap(place -> names.stream().map(place::resolve))
        .filter(fits)
        .findFirst();
  }

  private static boolean holdsImages(Path path) {
    return Files.isRegularFile(path)
        || Stream.of("train", "test").allMatch(part -> Files.isDirectory(path.resolve(part)));
  }
}
