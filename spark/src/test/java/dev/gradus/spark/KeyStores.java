package dev.gradus.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;

/** TLS with a certificate made for the test by the JDK's keytool. */
final class KeyStores {
  private static final String PASSWORD = "correct horse";

  private KeyStores() {}

  static SparkConf addTo(SparkConf configuration, Path folder) {
    var store = folder.resolve("keys.p12");
    if (!Files.exists(store)) {
      make(store);
    }
    return configuration
        .set("spark.ssl.rpc.enabled", "true")
        .set("spark.ssl.rpc.protocol", "TLSv1.3")
        .set("spark.ssl.rpc.keyStore", store.toString())
        .set("spark.ssl.rpc.keyStorePassword", PASSWORD)
        .set("spark.ssl.rpc.keyPassword", PASSWORD)
        .set("spark.ssl.rpc.keyStoreType", "PKCS12")
        .set("spark.ssl.rpc.trustStore", store.toString())
        .set("spark.ssl.rpc.trustStorePassword", PASSWORD)
        .set("spark.ssl.rpc.trustStoreType", "PKCS12");
  }

  private static void make(Path store) {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        new ProcessBuilder(
            keytool,
            "-genkeypair",
            "-alias",
            "gradus",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=ip:127.0.0.1,dns:localhost",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    try {
      var process =
          command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException("keytool made no certificate.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
