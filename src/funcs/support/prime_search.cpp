#include "funcs/support/prime_search.h"

#include <algorithm>
#include <optional>

#include "funcs/support/fermat.h"
#include "funcs/support/primality.h"
#include "funcs/support/random_number.h"
#include "rhumb/base/parallel.h"

namespace rhumb::funcs {
namespace {

constexpr unsigned most_threads = 8;
constexpr std::size_t wanted = 2;

/// Goes from a random number up, to the first that passes Fermat's test, which all but proves that it is prime: another
/// one near it would give the key away.
class PrimeWorker final : public PairSearch::Worker {
 public:
  PrimeWorker(int bits, Host& host) : bits_(bits), host_(host), scratch_(BN_CTX_secure_new()) {
    ensure(scratch_ != nullptr);
  }

  Number find() override {
    if (!candidates_) draw();
    std::vector<Number> batch = next_batch();
    if (batch.empty()) {
      candidates_.reset();
      return nullptr;
    }
    std::vector<const BIGNUM*> numbers;
    for (const Number& number : batch) numbers.push_back(number.get());
    const auto passing = pass_fermat(numbers, scratch_.get());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (!passing[i]) continue;
      candidates_.reset();
      // One beyond the end of all numbers of that size is as rare as a key that somebody guesses.
      return BN_num_bits(numbers[i]) == bits_ ? std::move(batch[i]) : nullptr;
    }
    return nullptr;
  }

  bool passes(const BIGNUM* number, int rounds) override {
    return passes_rounds(number, rounds, host_, scratch_.get());
  }

 private:
  void draw() {
    start_ = random_odd(host_, bits_);
    candidates_.emplace(start_.get());
  }

  std::vector<Number> next_batch() {
    std::vector<Number> batch;
    while (batch.size() < fermat_lanes()) {
      Number number = new_number();
      if (!candidates_->next(number.get())) break;
      batch.push_back(std::move(number));
    }
    return batch;
  }

  int bits_;
  Host& host_;
  Scratch scratch_;
  Number start_;
  std::optional<Candidates> candidates_;
};

}  // namespace

std::pair<Number, Number> PairSearch::run(unsigned threads) {
  parallel_for(threads, threads, [this](std::size_t) { work(); });
  return {std::move(claims_[0]->number), std::move(claims_[1]->number)};
}

/// Until there is nothing to do that others do not do already; the last of them sees to it that it succeeds.
void PairSearch::work() {
  const std::unique_ptr<Worker> worker = make_worker_();
  std::unique_lock lock(mutex_);
  while (true) {
    if (Claim* const claim = unsettled()) {
      check(*claim, lock, *worker);
    } else if (claims_.size() < wanted) {
      lock.unlock();
      Number number = worker->find();
      lock.lock();
      if (number != nullptr && claims_.size() < wanted) {
        claims_.push_back(std::make_unique<Claim>(Claim{std::move(number), rounds_}));
      }
    } else {
      return;
    }
  }
}

PairSearch::Claim* PairSearch::unsettled() const {
  for (const auto& claim : claims_) {
    if (claim->rounds > 0 && !claim->refuted) return claim.get();
  }
  return nullptr;
}

void PairSearch::check(Claim& claim, std::unique_lock<std::mutex>& lock, Worker& worker) {
  const int rounds = std::min(claim.rounds, at_once_);
  claim.rounds -= rounds;
  ++claim.running;
  lock.unlock();
  const bool passed = worker.passes(claim.number.get(), rounds);
  lock.lock();
  --claim.running;
  claim.refuted |= !passed;
  if (claim.refuted && claim.running == 0) {
    std::erase_if(claims_, [&](const auto& each) { return each.get() == &claim; });
  }
}

std::pair<Number, Number> random_primes(int bits, Host& host) {
  PairSearch search(primality_rounds(bits), rounds_at_once(bits),
                    [&] { return std::make_unique<PrimeWorker>(bits, host); });
  return search.run(std::min(processors(), most_threads));
}

Number random_prime(int bits, Host& host, BN_CTX* scratch) {
  // What the number is tested with is nothing that it is made of.
  const auto bases = make_system_host();
  while (true) {
    Number number = random_odd(host, bits);
    if (is_prime(number.get(), *bases, scratch)) return number;
  }
}

}  // namespace rhumb::funcs
