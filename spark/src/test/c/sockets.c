// What plain sockets reach: two processes send each other BYTES over loopback, both ways at once.
// gcc -O2 -o sockets sockets.c && ./sockets BYTES TIMES     prints milliseconds, one line each time
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void require(int fine, const char *what) {
  if (!fine) {
    perror(what);
    exit(1);
  }
}

static void exchange(int connection, const char *out, char *in, size_t bytes) {
  size_t sent = 0, received = 0;
  while (sent < bytes || received < bytes) {
    struct pollfd ready = {connection, (sent < bytes ? POLLOUT : 0) | (received < bytes ? POLLIN : 0), 0};
    require(poll(&ready, 1, 10000) == 1, "poll");
    if (ready.revents & POLLIN) {
      ssize_t n = recv(connection, in + received, bytes - received, MSG_DONTWAIT);
      require(n > 0 || (n < 0 && errno == EAGAIN), "recv");
      received += n > 0 ? n : 0;
    }
    if (ready.revents & POLLOUT) {
      ssize_t n = send(connection, out + sent, bytes - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
      require(n > 0 || (n < 0 && errno == EAGAIN), "send");
      sent += n > 0 ? n : 0;
    }
  }
}

static void run(int connection, size_t bytes, int times, int print) {
  int on = 1;
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  char *out = malloc(bytes), *in = malloc(bytes);
  memset(out, 1, bytes);
  memset(in, 2, bytes);
  for (int i = 0; i < times; i++) {
    exchange(connection, out, in, 8);
    double start = milliseconds();
    exchange(connection, out, in, bytes);
    if (print) {
      printf("%.3f\n", milliseconds() - start);
    }
  }
}

int main(int count, char **words) {
  size_t bytes = count > 1 ? strtoull(words[1], 0, 10) : 100000000;
  int times = count > 2 ? atoi(words[2]) : 5;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  require(bind(listener, (struct sockaddr *)&address, size) == 0, "bind");
  require(listen(listener, 1) == 0, "listen");
  getsockname(listener, (struct sockaddr *)&address, &size);
  if (fork() == 0) {
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    require(connect(connection, (struct sockaddr *)&address, size) == 0, "connect");
    run(connection, bytes, times, 0);
    return 0;
  }
  run(accept(listener, 0, 0), bytes, times, 1);
  wait(0);
  return 0;
}
