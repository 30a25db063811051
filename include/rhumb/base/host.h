// What a rendering may ask of the world: the clock, randomness, names, the environment. Handed in, so that tests and
// --deterministic can fix it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace rhumb {

/// Wall clock: seconds and nanoseconds since 1970-01-01 UTC, and the monotonic reading that Go prints behind it.
struct Instant {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;
  std::int64_t monotonic_nanoseconds = 0;
};

/// Private keys that several renderings share: making one takes longer than all the rest of a rendering.
class KeyPool {
 public:
  KeyPool() = default;
  KeyPool(const KeyPool&) = delete;
  KeyPool& operator=(const KeyPool&) = delete;
  virtual ~KeyPool() = default;

  /// The next key of a kind, such as "RSA 4096", in DER; `make` makes one where there are no more.
  virtual std::string next(const std::string& kind, const std::function<std::string()>& make) = 0;
};

class Host {
 public:
  Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  virtual Instant now() = 0;
  /// Fills with bytes of the system's secure generator, from any thread (or of the fixed seed, from one).
  virtual void random(std::span<std::byte> bytes) = 0;
  /// True when random() repeats itself from run to run (--deterministic): keys are then derived from it too.
  virtual bool deterministic() const = 0;
  /// Asked before a key is made of the system's randomness. Null: every key is a new one, as it must be where what is
  /// rendered gets installed.
  virtual KeyPool* key_pool() { return nullptr; }
  /// The first address of a name, nullopt when it has none or look-ups are off.
  virtual std::optional<std::string> look_up_host(const std::string& name) = 0;
  virtual std::optional<std::string> environment(const std::string& name) = 0;
  /// The name of the local time zone: the value of TZ, or "" for /etc/localtime.
  virtual std::string local_zone() = 0;
};

/// The machine itself. Name look-ups only where the template asks for them (--enable-dns).
std::unique_ptr<Host> make_system_host();

/// --deterministic: a clock that stands still at 2000-01-01 00:00:00 UTC, random bytes that repeat themselves, no
/// names, no environment, UTC.
std::unique_ptr<Host> make_deterministic_host();

}  // namespace rhumb
