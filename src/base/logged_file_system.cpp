#include "rhumb/base/file_system.h"
#include "rhumb/base/log.h"

namespace rhumb {
namespace {

class LoggedFileSystem final : public FileSystem {
 public:
  LoggedFileSystem(FileSystem& files, Log& log) : files_(files), log_(log) {}

  Result<std::string> read(const std::string& path) const override { return noted(path, files_.read(path)); }
  Result<FileText> map(const std::string& path) const override { return noted(path, files_.map(path)); }
  Result<std::string> read_standard_input() const override {
    return noted("standard input", files_.read_standard_input());
  }
  Result<FileStatus> status(const std::string& path) const override { return files_.status(path); }
  Result<FileStatus> link_status(const std::string& path) const override { return files_.link_status(path); }
  Result<std::vector<std::string>> list(const std::string& path) const override { return files_.list(path); }
  Result<std::string> resolve(const std::string& path) const override { return files_.resolve(path); }
  std::string absolute(const std::string& path) const override { return files_.absolute(path); }
  Result<void> write(const std::string& path, std::string_view text, bool append) override {
    log_.write(LogLevel::debug, "write", {{"path", path}, {"bytes", std::to_string(text.size())}});
    return files_.write(path, text, append);
  }
  Result<void> make_directories(const std::string& path) override { return files_.make_directories(path); }
  Result<void> replace_folder(const std::string& path, const std::map<std::string, std::string>& files) override {
    log_.write(LogLevel::debug, "write folder", {{"path", path}, {"files", std::to_string(files.size())}});
    return files_.replace_folder(path, files);
  }

 private:
  static std::size_t size_of(const std::string& text) { return text.size(); }
  static std::size_t size_of(const FileText& text) { return text.view().size(); }

  template <typename Text>
  Result<Text> noted(const std::string& path, Result<Text> text) const {
    if (text) {
      log_.write(LogLevel::debug, "read", {{"path", path}, {"bytes", std::to_string(size_of(*text))}});
    } else {
      log_.write(LogLevel::debug, "cannot read", {{"path", path}, {"error", text.error().message}});
    }
    return text;
  }

  FileSystem& files_;
  Log& log_;
};

}  // namespace

std::unique_ptr<FileSystem> make_logged_file_system(FileSystem& files, Log& log) {
  return std::make_unique<LoggedFileSystem>(files, log);
}

}  // namespace rhumb
