// Runs a harness without a fuzzer: every file of its corpus as it is, and changed in some hundred ways that are the
// same in every run.
//   REPLAY CORPUS_FOLDER [CHANGES_PER_FILE]
// What fails is written to the file "failing-input" of the working folder: REPLAY FILE 0 runs it alone.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "harness.h"
#include "rhumb/base/parallel.h"

// There with the sanitizers only: called before they end the process.
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

constexpr unsigned seconds_per_input = 20;
std::string current;

// Called from signal handlers: nothing that allocates.
void keep_current() {
  const int file = open("failing-input", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  (void)!write(file, current.data(), current.size());
  close(file);
}

extern "C" void end_by_signal(int signal_number) {
  constexpr std::string_view text = "failed: the input stands in failing-input\n";
  (void)!write(STDERR_FILENO, text.data(), text.size());
  keep_current();
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

void watch() {
  for (const int number : {SIGABRT, SIGALRM}) signal(number, end_by_signal);
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(keep_current);
}

/// Runs out of stack are seen as well: the handler has a stack of its own.
void watch_stack() {
  if (__sanitizer_set_death_callback != nullptr) return;  // they have a handler that tells more
  static char alternate[64 << 10];
  stack_t stack{};
  stack.ss_sp = alternate;
  stack.ss_size = sizeof alternate;
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = end_by_signal;
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGSEGV, &action, nullptr);
}

class Changes {
 public:
  explicit Changes(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}

  std::string of(std::string text) {
    for (std::size_t left = 1 + below(1 + below(4)); left > 0; --left) change(text);
    return text;
  }

 private:
  // Not std::uniform_int_distribution: its numbers differ between libraries.
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : static_cast<std::size_t>(random_()) % bound; }

  void change(std::string& text) {
    const std::size_t at = below(text.size());
    switch (below(10)) {
      case 0:
        if (!text.empty()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 1: text.resize(at); break;
      case 2: text.erase(at, 1 + below(8)); break;
      case 3: text.insert(at, text.substr(below(text.size()), 1 + below(32))); break;
      case 4: text.insert(at, 1 + below(4), static_cast<char>(below(256))); break;
      case 5: splice(text, at); break;
      case 6:
      case 7: exchange(text, "\n"); break;
      default: exchange(text, " \n,:.={}[]()\"");
    }
  }
  /// The head of the text with the tail of any file of the corpus.
  void splice(std::string& text, std::size_t at) {
    const std::string& other = any_seed();
    text = text.substr(0, at) + other.substr(below(other.size()));
  }
  /// A word or a line of any file of the corpus for one of the text, or for none, or nothing for it: what keeps the
  /// form goes deeper.
  void exchange(std::string& text, std::string_view ends) {
    const auto [from, to] = piece(text, ends);
    const std::string& other = any_seed();
    const auto [begin, end] = piece(other, ends);
    switch (below(3)) {
      case 0: text.replace(from, to - from, other, begin, end - begin); break;
      case 1: text.insert(from, other.substr(begin, end + 1 - begin)); break;
      default: text.erase(from, to + 1 - from);
    }
  }
  std::pair<std::size_t, std::size_t> piece(const std::string& text, std::string_view ends) {
    const std::size_t at = below(text.size());
    const std::size_t before = at == 0 ? std::string::npos : text.find_last_of(ends, at - 1);
    return {before == std::string::npos ? 0 : before + 1, std::min(text.find_first_of(ends, at), text.size())};
  }
  const std::string& any_seed() { return seeds_[below(seeds_.size())]; }

  std::vector<std::string> seeds_;
  std::mt19937_64 random_{20240229};
};

/// Gives what it takes in seconds.
double run(const std::string& input) {
  current = input;
  alarm(seconds_per_input);
  const auto start = std::chrono::steady_clock::now();
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(current.data()), current.size());
  alarm(0);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<std::string> read_corpus(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> names;
  if (std::filesystem::is_directory(path)) {
    for (const auto& entry : std::filesystem::directory_iterator(path)) names.push_back(entry.path());
    std::sort(names.begin(), names.end());
  } else {
    names.push_back(path);
  }
  std::vector<std::string> texts;
  for (const auto& name : names) {
    std::ifstream in(name, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return texts;
}

void replay(const std::vector<std::string>& seeds, unsigned long changes_per_file) {
  watch_stack();
  Changes changes(seeds);
  double slowest = 0;
  unsigned long inputs = 0;
  for (const std::string& seed : seeds) {
    slowest = std::max(slowest, run(seed));
    for (unsigned long i = 0; i < changes_per_file; ++i) slowest = std::max(slowest, run(changes.of(seed)));
    inputs += 1 + changes_per_file;
  }
  std::printf("%lu inputs, the slowest took %.3f s\n", inputs, slowest);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::vector<std::string> seeds = read_corpus(argv[1]);
  if (seeds.empty()) {
    std::fprintf(stderr, "%s holds no files\n", argv[1]);
    return 2;
  }
  watch();
  const unsigned long changes_per_file = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 500;
  rhumb::run_on_large_stack(rhumb::large_stack_bytes, [&] { replay(seeds, changes_per_file); });
  return 0;
}
