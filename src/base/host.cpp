#include "rhumb/base/host.h"

#include <sys/random.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <system_error>

#include "base/host_names.h"

namespace rhumb {
namespace {

class SystemHost final : public Host {
 public:
  Instant now() override {
    using namespace std::chrono;
    const auto wall = duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
    const auto since_start = duration_cast<nanoseconds>(steady_clock::now() - start_).count();
    constexpr std::int64_t second = 1'000'000'000;
    return {wall / second, static_cast<std::int32_t>(wall % second), since_start};
  }

  void random(std::span<std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
      if (got > 0) {
        bytes = bytes.subspan(static_cast<std::size_t>(got));
      } else if (errno != EINTR) {
        throw std::system_error(errno, std::generic_category(), "getrandom");
      }
    }
  }

  bool deterministic() const override { return false; }

  std::optional<std::string> look_up_host(const std::string& name) override { return look_up_address(name); }

  std::optional<std::string> environment(const std::string& name) override {
    const char* const value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  }

  // As initLocal of package time: TZ that is set to nothing is UTC.
  std::string local_zone() override {
    const auto tz = environment("TZ");
    return !tz ? "" : tz->empty() ? "UTC" : *tz;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// SplitMix64: a known sequence, for output that can be compared. Nothing secret may come from it.
class DeterministicHost final : public Host {
 public:
  Instant now() override { return {946684800, 0, 0}; }

  void random(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) {
      if (left_ == 0) {
        state_ += 0x9e3779b97f4a7c15ULL;
        word_ = state_;
        word_ = (word_ ^ (word_ >> 30)) * 0xbf58476d1ce4e5b9ULL;
        word_ = (word_ ^ (word_ >> 27)) * 0x94d049bb133111ebULL;
        word_ ^= word_ >> 31;
        left_ = 8;
      }
      byte = static_cast<std::byte>(word_ & 0xff);
      word_ >>= 8;
      --left_;
    }
  }

  bool deterministic() const override { return true; }
  std::optional<std::string> look_up_host(const std::string&) override { return std::nullopt; }
  std::optional<std::string> environment(const std::string&) override { return std::nullopt; }
  std::string local_zone() override { return "UTC"; }

 private:
  std::uint64_t state_ = 0;
  std::uint64_t word_ = 0;
  int left_ = 0;
};

}  // namespace

std::unique_ptr<Host> make_system_host() { return std::make_unique<SystemHost>(); }

std::unique_ptr<Host> make_deterministic_host() { return std::make_unique<DeterministicHost>(); }

}  // namespace rhumb
