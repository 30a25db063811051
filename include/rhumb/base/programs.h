// The only way to other programs: a real one, without a shell, and one for tests that answers from a table.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rhumb/base/result.h"

namespace rhumb {

struct ProgramResult {
  /// False: there is no such program on the PATH, and nothing else is set.
  bool found = true;
  /// Of its exit; 128 and the signal's number when one ended it.
  int status = 0;
  std::string output;
  std::string error_output;

  static ProgramResult missing() { return {false, 0, {}, {}}; }
};

class Programs {
 public:
  Programs() = default;
  Programs(const Programs&) = delete;
  Programs& operator=(const Programs&) = delete;
  virtual ~Programs() = default;

  /// Runs the program that `command` begins with (looked up on the PATH unless it holds a slash) with the rest as its
  /// arguments, in this environment and folder, with an empty standard input, and waits for its end.
  /// Errors: the system refuses, or it prints more than `output_limit` bytes (it is then ended).
  virtual Result<ProgramResult> run(const std::vector<std::string>& command,
                                    std::size_t output_limit = default_output_limit) = 0;

  static constexpr std::size_t default_output_limit = 64U << 20;
};

std::unique_ptr<Programs> make_real_programs();

/// Commands that are not in the table are not found.
class FakePrograms final : public Programs {
 public:
  void add(std::vector<std::string> command, ProgramResult result) { results_[std::move(command)] = std::move(result); }
  const std::vector<std::vector<std::string>>& runs() const { return runs_; }

  Result<ProgramResult> run(const std::vector<std::string>& command, std::size_t output_limit) override;

 private:
  std::map<std::vector<std::string>, ProgramResult> results_;
  std::vector<std::vector<std::string>> runs_;
};

}  // namespace rhumb
