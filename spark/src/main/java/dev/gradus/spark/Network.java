package dev.gradus.spark;

import java.time.Duration;
import java.util.List;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;
import scala.Option;

/** Spark's network as the cluster's user has secured it, for calls between workers. */
final class Network {
  private static final String MODULE = "rpc";

  private final SecurityManager security;
  private final TransportConf configuration;

  Network(SparkConf cluster, SecurityManager security, Duration deadline) {
    this.security = security;
    String limit = deadline.toMillis() + "ms";
    var adapted =
        cluster
            .clone()
            .set("spark.rpc.io.connectionCreationTimeout", limit)
            .set("spark.network.auth.rpcTimeout", Math.max(1, deadline.toSeconds()) + "s")
            .set("spark.rpc.io.serverThreads", "1")
            .set("spark.rpc.io.clientThreads", "1")
            // The older way of authentication would leave the connection open to readers.
            .set("spark.network.crypto.saslFallback", "false");
    configuration =
        SparkTransportConf.fromSparkConf(
            adapted, MODULE, 1, Option.empty(), Option.apply(security.getRpcSSLOptions()));
  }

  TransportConf configuration() {
    return configuration;
  }

  List<TransportServerBootstrap> serverBootstraps() {
    return security.isAuthenticationEnabled()
        ? List.of(new AuthServerBootstrap(configuration, security))
        : List.of();
  }

  List<TransportClientBootstrap> clientBootstraps() {
    return security.isAuthenticationEnabled()
        ? List.of(new AuthClientBootstrap(configuration, security.getSaslUser(), security))
        : List.of();
  }
}
