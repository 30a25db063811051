// launch OUT COMMAND [ARG...]: runs the command with standard output and error to OUT and prints what it took:
//   wall seconds, user seconds, system seconds, peak memory in KiB, exit status
// A process's peak memory counts from its fork on, so a child of an interpreter starts with the interpreter's: this
// launcher is a megabyte.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>

namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: launch OUT COMMAND [ARG...]\n");
    return 2;
  }
  const double begin = now();
  const pid_t child = fork();
  if (child == 0) {
    const int out = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (out < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0) _exit(126);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) {
    std::perror("launch");
    return 2;
  }
  std::printf("%.6f %.6f %.6f %ld %d\n", now() - begin, seconds(usage.ru_utime), seconds(usage.ru_stime),
              usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
