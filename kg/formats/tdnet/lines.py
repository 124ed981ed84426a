"""What is forecast and reported in filings of the Tokyo Stock Exchange: concepts, and the indicator of each.

A concept is a line under one standard of accounting, and no two are taken for one but a profit that was
renamed: since 2015 what is left to the owners of a group is called so, and was its net income before.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

AMOUNTS: Final = MappingProxyType(
    {
        # Japanese standards
        "NetSales": "net-sales",
        "OperatingRevenues": "operating-revenues",
        "OperatingRevenuesSpecific": "operating-revenues-specific",
        "GrossOperatingRevenues": "gross-operating-revenues",
        "NetSalesAndOperatingRevenues": "net-sales-and-operating-revenues",
        "NetSalesOfCompletedConstructionContracts": "completed-construction-contracts",
        "OperatingRevenuesSE": "operating-revenues-of-securities",
        "NetOperatingRevenuesSE": "net-operating-revenues-of-securities",
        "OrdinaryRevenuesBK": "ordinary-revenues-of-banking",
        "OrdinaryRevenuesIN": "ordinary-revenues-of-insurance",
        "NetPremiumsWrittenIN": "net-premiums-written",
        "Revenue": "revenue-jp",
        "Revenue2": "revenue-2-jp",
        "OperatingIncome": "operating-income",
        "OrdinaryIncome": "ordinary-income",
        "NetIncome": "net-income",
        "ProfitAttributableToOwnersOfParent": "net-income",
        # International standards
        "NetSalesIFRS": "net-sales-ifrs",
        "SalesIFRS": "sales-ifrs",
        "RevenueIFRS": "revenue-ifrs",
        "OperatingRevenuesIFRS": "operating-revenues-ifrs",
        "OrdinaryRevenuesBKIFRS": "ordinary-revenues-of-banking-ifrs",
        "OperatingIncomeIFRS": "operating-income-ifrs",
        "ProfitBeforeTaxIFRS": "profit-before-tax-ifrs",
        "ProfitIFRS": "profit-ifrs",
        "ProfitAttributableToOwnersOfParentIFRS": "profit-of-owners-ifrs",
        # American standards
        "NetSalesUS": "net-sales-us-gaap",
        "OperatingRevenuesUS": "operating-revenues-us-gaap",
        "OperatingRevenuesSpecificUS": "operating-revenues-specific-us-gaap",
        "NetSalesAndOperatingRevenuesUS": "net-sales-and-operating-revenues-us-gaap",
        "RevenuesUS": "revenues-us-gaap",
        "TotalRevenuesUS": "total-revenues-us-gaap",
        "GrossRevenuesUS": "gross-revenues-us-gaap",
        "TotalRevenuesAfterDeductingFinancialExpenseUS": "revenues-after-financial-expense-us-gaap",
        "OperatingIncomeUS": "operating-income-us-gaap",
        "IncomeBeforeIncomeTaxesUS": "income-before-taxes-us-gaap",
        "IncomeFromContinuingOperationsBeforeIncomeTaxesUS": "continuing-income-before-taxes-us-gaap",
        "IncomeFromDiscontinuingOperationsBeforeIncomeTaxesUS": "discontinued-income-before-taxes-us-gaap",
        "IncomeBeforeMinorityInterestUS": "income-before-minority-interest-us-gaap",
        "NetIncomeUS": "net-income-us-gaap",
        # Investment corporations for real estate
        "OperatingRevenuesREIT": "operating-revenues-of-real-estate",
    }
)
"""Amounts of money of a period, each with its indicator."""

PER_SHARE: Final = MappingProxyType(
    {
        "NetIncomePerShare": "net-income-per-share",
        "BasicEarningsPerShareIFRS": "earnings-per-share-ifrs",
        "NetIncomePerShareUS": "net-income-per-share-us-gaap",
        "BasicNetIncomePerShareUS": "net-income-per-share-us-gaap",
        "NetIncomePerUnitREIT": "net-income-per-unit",
    }
)
"""Profits of a period for each share or unit, each with its indicator."""

DIVIDEND: Final = "DividendPerShare"
"""The concept of a dividend; for which quarter it is paid is a dimension."""

DIVIDENDS: Final = MappingProxyType(
    {
        "FirstQuarterMember": "dividend-first-quarter",
        "SecondQuarterMember": "dividend-second-quarter",
        "ThirdQuarterMember": "dividend-third-quarter",
        "YearEndMember": "dividend-year-end",
        "AnnualMember": "dividend-of-year",
    }
)
"""Dividends for each share by what they are paid for, each with its indicator."""

DISTRIBUTIONS: Final = MappingProxyType(
    {
        "DistributionsPerUnitExcludingDistributionsInExcessOfProfitREIT": "distribution-per-unit",
        "DistributionsInExcessOfProfitPerUnitREIT": "distribution-in-excess-per-unit",
        "DistributionsPerUnitIncludingDistributionsInExcessOfProfitREIT": "distribution-with-excess-per-unit",
    }
)
"""What an investment corporation pays for each unit of a period, out of its profit, beyond it, and both, each with
its indicator. It has no shares, and its period is the half of a year as a rule."""

PAID: Final = frozenset({*DIVIDENDS.values(), *DISTRIBUTIONS.values()})
"""The indicators of dividends and distributions: what is paid, and not what is earned."""

CHANGES: Final = ("AmountChange", "ChangeIn", "ChangesIn", "ChangeOf")
"""How the names of concepts begin that stand beside a forecast and are none: what changed since the last one."""

INDICATORS: Final = frozenset({*AMOUNTS.values(), *PER_SHARE.values(), *PAID})
"""All indicators of filings."""
