#include <malloc.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <string_view>

#include "cli/app.h"

namespace {

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

unsigned terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// The work is done on other threads than the main one; their memory would grow by a system call every few KiB.
void prepare_memory() {
#ifdef __GLIBC__
  mallopt(M_TOP_PAD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  mallopt(M_MMAP_THRESHOLD, 16 << 20);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  using namespace rhumb;
  prepare_memory();
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const auto diagnostics = cli::wants_diagnostics(arguments) ? make_diagnostic_log() : nullptr;
    const auto real_files = make_real_file_system();
    const auto files = diagnostics ? make_logged_file_system(*real_files, *diagnostics) : nullptr;
    const auto host = make_system_host();
    const auto programs = make_real_programs();
    cli::Process process{files ? *files : *real_files,
                         *host,
                         *programs,
                         {},
                         {},
                         {},
                         isatty(STDOUT_FILENO) == 1,
                         terminal_width(),
                         diagnostics.get()};
    const int status = cli::run(arguments, process);
    write_all(STDERR_FILENO, process.err);
    if (!write_all(STDOUT_FILENO, process.out)) {
      std::perror("rhumb: cannot write to standard output");
      return cli::exit_error;
    }
#ifdef NDEBUG
    _exit(status);  // nothing is buffered; what is left is the system's to free
#else
    return status;
#endif
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "rhumb: internal error: %s\n", exception.what());
    return cli::exit_could_not_run;
  }
}
