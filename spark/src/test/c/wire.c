// A wire with a latency between two network namespaces: a device named wire in each of them. What goes into one comes out of
// the other that much later, in the same order. Ends when it is killed, and the devices with it.
//   wire FIRST SECOND MILLISECONDS      the names of the namespaces, as ip netns knows them

#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

// As many packets as a gigabit per second sends in 50 ms.
#define CAPACITY 4096
#define LARGEST 2048

struct packet {
  int64_t due;
  ssize_t size;
  char bytes[LARGEST];
};

struct direction {
  int from, to;
  unsigned first, count;
  struct packet packets[CAPACITY];
};

static struct direction there, back;

static void require(int fine, const char *what) {
  if (!fine) {
    perror(what);
    exit(1);
  }
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

// A device belongs to the namespace in which it was opened.
static int device(const char *name) {
  char path[256];
  snprintf(path, sizeof path, "/var/run/netns/%s", name);
  int namespace = open(path, O_RDONLY | O_CLOEXEC);
  require(namespace >= 0, path);
  require(setns(namespace, CLONE_NEWNET) == 0, "setns");
  close(namespace);
  int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  require(tun >= 0, "/dev/net/tun");
  struct ifreq wanted = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strcpy(wanted.ifr_name, "wire");
  require(ioctl(tun, TUNSETIFF, &wanted) == 0, "TUNSETIFF");
  return tun;
}

static void take(struct direction *way, int64_t latency) {
  while (way->count < CAPACITY) {
    struct packet *packet = &way->packets[(way->first + way->count) % CAPACITY];
    packet->size = read(way->from, packet->bytes, LARGEST);
    if (packet->size <= 0) {
      return;
    }
    packet->due = now() + latency;
    way->count++;
  }
}

// What can't be written is lost, as on a wire whose other end is down.
static void give(struct direction *way, int64_t time) {
  while (way->count > 0 && way->packets[way->first].due <= time) {
    struct packet *packet = &way->packets[way->first];
    ssize_t written = write(way->to, packet->bytes, packet->size);
    (void)written;
    way->first = (way->first + 1) % CAPACITY;
    way->count--;
  }
}

static int64_t wait_of(const struct direction *way, int64_t time, int64_t longest) {
  int64_t wait = way->count > 0 ? way->packets[way->first].due - time : longest;
  return wait < 0 ? 0 : wait < longest ? wait : longest;
}

int main(int count, char **words) {
  if (count != 4) {
    fprintf(stderr, "wire FIRST SECOND MILLISECONDS\n");
    return 2;
  }
  int64_t latency = (int64_t)(atof(words[3]) * 1e6);
  there.from = back.to = device(words[1]);
  there.to = back.from = device(words[2]);
  for (;;) {
    int64_t time = now();
    give(&there, time);
    give(&back, time);
    int64_t wait = wait_of(&there, time, wait_of(&back, time, 1000000000));
    struct timespec until = {wait / 1000000000, wait % 1000000000};
    struct pollfd ends[] = {{there.from, there.count < CAPACITY ? POLLIN : 0, 0},
                            {back.from, back.count < CAPACITY ? POLLIN : 0, 0}};
    ppoll(ends, 2, &until, NULL);
    take(&there, latency);
    take(&back, latency);
  }
}
