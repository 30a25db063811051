#include "rhumb/gotmpl/execute.h"

#include "gotmpl/execution.h"
#include "rhumb/value/go_number.h"

namespace rhumb::gotmpl {
namespace {

ExecErrorPtr no_template(std::string_view name, std::string_view root) {
  const auto error = std::make_shared<ExecError>();
  error->kind = ExecError::Kind::no_template;
  error->text = "template: no template " + quote(name) + " associated with template " + quote(root);
  return error;
}

/// Sets a variable for as long as it lives.
template <typename T>
class Override {
 public:
  Override(T& variable, T value) : variable_(variable), old_(variable) { variable = value; }
  ~Override() { variable_ = old_; }
  Override(const Override&) = delete;
  Override& operator=(const Override&) = delete;

 private:
  T& variable_;
  T old_;
};

}  // namespace

Execution::Execution(const Library& library, CallContext& context) : library_(library), context_(context) {}

Execution::Scope::Scope(Execution& execution)
    : execution_(execution),
      tree_(execution.tree_),
      node_(execution.node_),
      base_(execution.base_),
      top_(execution.variables_.size()) {}

Execution::Scope::~Scope() {
  execution_.tree_ = tree_;
  execution_.node_ = node_;
  execution_.base_ = base_;
  execution_.pop_variables(top_);
}

namespace {

// A limit error that names its place already.
struct LocatedLimitError : LimitError {
  using LimitError::LimitError;
};

}  // namespace

ExecErrorPtr Execution::execute(const TemplateSet& set, std::string_view name, const Value& dot, TracedText& out) {
  const Tree* const tree = set.find(name);
  if (tree == nullptr) return no_template(name, set.name());
  const Scope scope(*this);
  const Override<const TemplateSet*> set_override(set_, &set);
  const Override<TracedText*> out_override(out_, &out);
  const Override<std::uint32_t> depth_override(depth_, 0);
  const Override<OriginId> branch_override(branch_, branch_);
  try {
    const Operand value = Operand::of(dot);
    enter(*tree, value);
    walk_list(value, *tree->root);
  } catch (ExecFailure& failure) {
    return std::move(failure.error);
  } catch (const LocatedLimitError&) {
    throw;
  } catch (const LimitError& limit) {
    throw LocatedLimitError(location() + ": " + limit.what());
  }
  return nullptr;
}

Executor::Executor(const Library& library, CallContext& context)
    : execution_(std::make_unique<Execution>(library, context)) {}

Executor::~Executor() = default;

ExecErrorPtr Executor::execute(const TemplateSet& set, std::string_view name, const Value& dot, TracedText& out) {
  return execution_->execute(set, name, dot, out);
}

const TemplateSet& Executor::current_set() const { return execution_->current_set(); }

std::uint64_t Executor::steps() const { return execution_->steps(); }

}  // namespace rhumb::gotmpl
