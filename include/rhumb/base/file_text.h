// What a file holds: read, or mapped into memory where only what somebody looks at takes any.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rhumb {

class FileText {
 public:
  FileText() = default;
  FileText(std::string text) : own_(std::move(text)) {}  // NOLINT(google-explicit-constructor): it is the same text
  FileText(const char* text) : own_(text) {}             // NOLINT(google-explicit-constructor)
  /// `mapping` keeps the bytes of the text where they are.
  FileText(std::shared_ptr<const void> mapping, std::string_view text) : mapping_(std::move(mapping)), mapped_(text) {}

  std::string_view view() const { return mapping_ == nullptr ? std::string_view(own_) : mapped_; }
  void remove_prefix(std::size_t size) {
    if (mapping_ == nullptr) {
      own_.erase(0, size);
    } else {
      mapped_.remove_prefix(size);
    }
  }

 private:
  std::string own_;
  std::shared_ptr<const void> mapping_;
  std::string_view mapped_;
};

}  // namespace rhumb
