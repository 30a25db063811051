// Result<T>: a value or a Diagnostic. Named so that std::expected can take its place.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "rhumb/base/diagnostic.h"

namespace rhumb {

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit on purpose
  Result(Diagnostic diagnostic) : state_(std::in_place_index<1>, std::move(diagnostic)) {}  // NOLINT

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  Diagnostic& error() & { return std::get<1>(state_); }
  const Diagnostic& error() const& { return std::get<1>(state_); }
  Diagnostic&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Diagnostic> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Diagnostic diagnostic) : diagnostic_(std::move(diagnostic)) {}  // NOLINT: implicit on purpose

  bool has_value() const { return !diagnostic_; }
  explicit operator bool() const { return has_value(); }
  Diagnostic& error() & { return *diagnostic_; }
  const Diagnostic& error() const& { return *diagnostic_; }
  Diagnostic&& error() && { return *std::move(diagnostic_); }

 private:
  std::optional<Diagnostic> diagnostic_;
};

}  // namespace rhumb
