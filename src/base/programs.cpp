#include "rhumb/base/programs.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace rhumb {
namespace {

/// A file descriptor that is closed in the end.
class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int number() const { return number_; }
  bool open() const { return number_ >= 0; }
  void take(int number) {
    close();
    number_ = number;
  }
  void close() {
    if (open()) ::close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read;
  Descriptor write;

  bool make() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read.take(ends[0]);
    write.take(ends[1]);
    return true;
  }
};

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }

  void connect(const Descriptor& descriptor, int number) {
    posix_spawn_file_actions_adddup2(&actions_, descriptor.number(), number);
  }
  void empty_standard_input() { posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

Diagnostic failure(const std::string& program, const std::string& reason) {
  return error("cannot run " + program + ": " + reason);
}
Diagnostic failure(const std::string& program, int number) { return failure(program, std::strerror(number)); }

/// False at the end of the stream.
bool read_some(Descriptor& from, std::string& into) {
  std::array<char, 1 << 16> buffer;
  const ssize_t count = ::read(from.number(), buffer.data(), buffer.size());
  if (count < 0 && errno == EINTR) return true;
  if (count <= 0) return false;
  into.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

/// Reads both streams side by side: a program that fills one while nobody reads it would wait for ever.
/// False when there is more than the limit.
bool collect(Descriptor& output, Descriptor& error_output, ProgramResult& result, std::size_t limit) {
  while (output.open() || error_output.open()) {
    std::array<pollfd, 2> waiting{pollfd{output.number(), POLLIN, 0}, pollfd{error_output.number(), POLLIN, 0}};
    if (poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return true;
    if (waiting[0].revents != 0 && !read_some(output, result.output)) output.close();
    if (waiting[1].revents != 0 && !read_some(error_output, result.error_output)) error_output.close();
    if (result.output.size() + result.error_output.size() > limit) return false;
  }
  return true;
}

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// 0 or an error number.
int spawn(const std::vector<std::string>& command, const Pipe& output, const Pipe& error_output, pid_t& process) {
  SpawnActions actions;
  actions.empty_standard_input();
  actions.connect(output.write, STDOUT_FILENO);
  actions.connect(error_output.write, STDERR_FILENO);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  // posix_spawn takes pointers to char and does not write to them.
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  return posix_spawnp(&process, arguments[0], actions.get(), nullptr, arguments.data(), environ);
}

class RealPrograms final : public Programs {
 public:
  Result<ProgramResult> run(const std::vector<std::string>& command, std::size_t output_limit) override {
    if (command.empty()) return failure("nothing", EINVAL);
    for (const std::string& argument : command) {
      if (argument.find('\0') != std::string::npos) return failure(command[0], EINVAL);
    }
    Pipe output;
    Pipe error_output;
    if (!output.make() || !error_output.make()) return failure(command[0], errno);
    ProgramResult result;
    pid_t process = 0;
    const int refusal = spawn(command, output, error_output, process);
    if (refusal == ENOENT) return ProgramResult::missing();
    if (refusal != 0) return failure(command[0], refusal);
    output.write.close();
    error_output.write.close();
    const bool fits = collect(output.read, error_output.read, result, output_limit);
    if (!fits) kill(process, SIGKILL);
    result.status = wait_for(process);
    if (!fits) return failure(command[0], "it prints more than " + std::to_string(output_limit) + " bytes");
    return result;
  }
};

}  // namespace

std::unique_ptr<Programs> make_real_programs() { return std::make_unique<RealPrograms>(); }

Result<ProgramResult> FakePrograms::run(const std::vector<std::string>& command, std::size_t) {
  runs_.push_back(command);
  const auto found = results_.find(command);
  return found == results_.end() ? ProgramResult::missing() : found->second;
}

}  // namespace rhumb
