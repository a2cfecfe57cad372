"""Two-way connectors: records of another CRM or ERP beside ours, field by field."""
