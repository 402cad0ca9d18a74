# SPDX-License-Identifier: EUPL-1.2
# make demo and make test are all that a newcomer needs; `make help` lists the rest.

SWIFT ?= swift
RELEASE = $(SWIFT) build -c release --static-swift-stdlib
N ?= 100
FIRST ?= 1
SEEDS ?= 2000
VENV = .build/checker
PYTHON = $(VENV)/bin/python3
DOCUMENTS = .build/documents
export SWIFT_BACKTRACE = enable=no

.PHONY: help demo test build prepare checker swift-test check-vectors check-documents check-ledger check-notes check-settlement bench bench-peers simulate orders kill-test month-test check-corpus clean

help:
	@echo "make demo          municipalities found a network, join, decide, meter, fail, recover and settle (1 minute)"
	@echo "make test          every test, the protocol vectors, and a short crash test"
	@echo "make swift-test    the Swift tests alone; TARGETS=\"NodeTests TidyTests\" for some"
	@echo "make check-vectors the protocol vectors, by the second implementation in Python"
	@echo "make check-documents DIR=DIR  electronic invoices against UBL 2.1, EN 16931, Peppol and the Dutch rules"
	@echo "make check-ledger DIR=DIR     journals, read by hledger"
	@echo "make build         release binaries in .build/release"
	@echo "make bench         speed and size, one JSON object a line"
	@echo "make bench-peers   the same work by other programs beside it (DuckDB from PyPI)"
	@echo "make simulate SEEDS=2000   seeds of exchange, consensus and governing from FIRST on; one JSON object at the end"
	@echo "make orders N=100  delivery orders of one history, whose outcomes the second implementation counts again"
	@echo "make kill-test N=100   SIGKILL a daemon N times under load"
	@echo "make month-test    a month on three real daemons whose clocks are moved, with everything that goes wrong in it"
	@echo "make check-notes   the demo's exported logs, read by the Go project's note and tree code"
	@echo "make check-settlement N=1000000   random cases of settlement against an oracle in exact fractions"
	@echo "make check-corpus CORPUS=DIR  grade a folder of publiccode.yml files"

prepare:
	@Docker/prepare

build: prepare
	@$(RELEASE) --product korfd
	@$(RELEASE) --product korf

demo: build checker
	@$(PYTHON) Docker/demo/demo.py --binaries "$$($(RELEASE) --show-bin-path)"

swift-test: prepare
	$(SWIFT) build --build-tests
	@SWIFT="$(SWIFT)" Tests/run $(TARGETS)

$(VENV)/ready: Tests/checker/requirements.txt
	@python3 -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r Tests/checker/requirements.txt
	@touch $@

checker: prepare
	@$(MAKE) --no-print-directory $(VENV)/ready

check-vectors: checker
	PYTHONPATH=Tests/checker $(PYTHON) -m korf_checker vectors Protocol/vectors
	cd Tests/checker && $(abspath $(PYTHON)) -m unittest discover -q -s tests
	python3 Tests/oracle/settlement_oracle.py check Protocol/vectors

$(DOCUMENTS)/ready: Tests/documents/requirements.txt
	@python3 -m venv $(DOCUMENTS)
	@$(DOCUMENTS)/bin/python3 -m pip install --quiet --disable-pip-version-check -r Tests/documents/requirements.txt
	@touch $@

# Without DIR: the invoices of the vectors, and the check's own tests.
check-documents: prepare
	@$(MAKE) --no-print-directory $(DOCUMENTS)/ready
	@test -n "$(DIR)" || $(DOCUMENTS)/bin/python3 -m unittest discover -q -s Tests/documents
	@$(DOCUMENTS)/bin/python3 Tests/documents/check.py $(or $(DIR),Protocol/vectors/documents-ubl.json)

# hledger comes from Debian; without DIR it reads the journals of the vectors.
check-ledger:
	@Docker/prepare hledger
	@python3 Tests/documents/check_ledger.py $(or $(DIR),Protocol/vectors/documents-journal.json)

test: check-vectors check-documents check-ledger swift-test
	@$(MAKE) --no-print-directory kill-test N=5
	@$(MAKE) --no-print-directory month-test > .build/month.log 2>&1 || { tail -n 60 .build/month.log; exit 1; }
	@tail -n 1 .build/month.log
	@$(MAKE) --no-print-directory demo > .build/demo.log 2>&1 || { tail -n 60 .build/demo.log; exit 1; }
	@tail -n 1 .build/demo.log

check-notes: build checker
	@Docker/prepare golang-go golang-golang-x-mod-dev
	@rm -rf .build/demo-kept
	@$(PYTHON) Docker/demo/demo.py --binaries "$$($(RELEASE) --show-bin-path)" --keep .build/demo-kept > .build/demo-kept.log
	@GO111MODULE=off GOPATH=/usr/share/gocode go run Tests/notes/main.go .build/demo-kept/tiles $$(cat .build/demo-kept/verifier-keys.txt)

bench: build
	@$(RELEASE) --product korf-bench
	@"$$($(RELEASE) --show-bin-path)/korf-bench" $(CASES)

bench-peers: build
	@$(RELEASE) --product korf-bench
	@python3 -m venv .build/peers && .build/peers/bin/pip install --quiet --disable-pip-version-check duckdb
	@.build/peers/bin/python3 Tests/peers/compare_duckdb.py "$$($(RELEASE) --show-bin-path)/korf-bench"

simulate: prepare
	@$(RELEASE) --product korf-simulate
	@"$$($(RELEASE) --show-bin-path)/korf-simulate" --seed $(FIRST) --count $(SEEDS)

orders: checker
	@$(RELEASE) --product korf-simulate
	@rm -rf .build/orders
	@"$$($(RELEASE) --show-bin-path)/korf-simulate" --orders $(N) --export .build/orders | tee .build/orders.json
	@PYTHONPATH=Tests/checker $(PYTHON) -m korf_checker recount .build/orders | tee .build/orders.txt
	@digest="$$(tail -n 1 .build/orders.txt | cut -d' ' -f2)" && grep -q "\"digest\":\"$$digest\"" .build/orders.json

kill-test: build checker
	@$(PYTHON) Tests/kill/kill_test.py --binaries "$$($(RELEASE) --show-bin-path)" --rounds $(N)

month-test: build checker
	@Docker/prepare hledger
	@$(MAKE) --no-print-directory $(DOCUMENTS)/ready
	@$(PYTHON) Tests/month/month_test.py --binaries "$$($(RELEASE) --show-bin-path)" --documents $(DOCUMENTS)/bin/python3

check-settlement: build
	python3 Tests/oracle/settlement_oracle.py agree "$$($(RELEASE) --show-bin-path)/korf" $(N) $(FIRST)

check-corpus: prepare
	@test -n "$(CORPUS)" || { echo "make check-corpus CORPUS=DIR: name the folder" >&2; exit 2; }
	KORF_CORPUS="$(CORPUS)" $(SWIFT) test --filter Corpus

clean:
	rm -rf .build
