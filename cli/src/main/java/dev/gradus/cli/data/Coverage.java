package dev.gradus.cli.data;

/** The stretch of old pixels, along one axis, that a new pixel covers. */
record Coverage(double start, double end) {

  /** One stretch per new pixel, the window centred. */
  static Coverage[] of(int oldSize, int newSize, double scale) {
    double margin = (oldSize - newSize * scale) / 2;
    var stretches = new Coverage[newSize];
    for (int pixel = 0; pixel < newSize; pixel++) {
      double start = Math.max(0, margin + pixel * scale);
      stretches[pixel] = new Coverage(start, Math.min(oldSize, margin + (pixel + 1) * scale));
    }
    return stretches;
  }

  int first() {
    return (int) start;
  }

  int last() {
    return (int) Math.ceil(end) - 1;
  }

  double length() {
    return end - start;
  }

  /** How much of an old pixel is covered, from 0 to 1. */
  double weight(int pixel) {
    return Math.min(end, pixel + 1) - Math.max(start, pixel);
  }
}
